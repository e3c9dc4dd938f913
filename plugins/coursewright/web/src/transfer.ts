// Entry of the bundle that saves, loads and forgets the whole course's progress.
import { makeTransferPanel } from "./elements/transfer-panel.ts";
import { getSite } from "./site.ts";

getSite().makeTransferPanel = makeTransferPanel;
