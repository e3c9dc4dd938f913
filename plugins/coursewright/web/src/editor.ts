// Entry of the bundle for pages with Python questions. Registers the kind, decides nothing.
import { PythonQuestion } from "./elements/python-question.ts";
import { getSite } from "./site.ts";

getSite().registerKind("python", (host) => new PythonQuestion(host));
