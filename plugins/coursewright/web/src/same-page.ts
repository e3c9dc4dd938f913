// Links within the page that was loaded. Material's instant navigation compares an address with the
// last one it went to; until it went anywhere it takes a link within the page for one to another
// page and puts a fresh copy in place, without what was trained and typed. So the browser itself
// moves within that page, as it does without instant navigation. A search hit differs in its query.
import { closestTo } from "./elements/dom.ts";

/** Where instant navigation goes: Material sends each address that was clicked or came back. */
export interface Addresses {
  next(address: URL): void;
}

/** Keep what is in the loaded page while its reader moves within it. */
export function keepSamePage(addresses: Addresses): void {
  let { pathname, search } = location;
  const next = addresses.next;
  addresses.next = (address) => {
    if (address.pathname !== pathname) {
      pathname = ""; // from here on Material knows where it is, and stays by itself
      next.call(addresses, address);
      return;
    }
    const asked = search;
    search = address.search; // before the move, of which Material hears again
    if (history.state) return; // the browser itself went back
    if (!address.hash) scroll(0, 0);
    else if (search !== asked) location.replace(address);
  };
  const leave = (event: Event) => {
    const link = closestTo<HTMLAnchorElement>(event, "a[href*='#']");
    if (link?.pathname !== pathname || link.search !== search || link.target) return;
    link.target = "_self"; // Material leaves links with a target to the browser
    // At the next click the page may have another query.
    setTimeout(() => {
      link.target = "";
    });
  };
  addEventListener("click", leave, true);
}
