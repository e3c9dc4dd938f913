// Links within the page that was loaded. Material's instant navigation compares an address with the
// last one it went to; until it went anywhere it takes a link within the page for one to another
// page and puts a fresh copy in place, without what was trained and typed. So the browser itself
// moves within that page, as it does without instant navigation.
import { closestTo } from "./elements/dom.ts";

/** Where instant navigation goes: Material sends each address that was clicked or came back. */
export interface Addresses {
  next(address: Pick<URL, "href" | "hash">): void;
}

/** Keep what is in the loaded page while its reader moves within it. */
export function keepSamePage(addresses: Addresses): void {
  let loaded = pageOf(location);
  const next = addresses.next;
  addresses.next = (address) => {
    if (pageOf(address) === loaded) {
      if (!(address.hash || history.state)) scroll(0, 0); // a link to the page as a whole
      return;
    }
    loaded = ""; // from here on Material knows where it is, and stays by itself
    next.call(addresses, address);
  };
  const leave = (event: Event) => {
    const link = closestTo<HTMLAnchorElement>(event, "a[href*='#']");
    // Material leaves links with a target to the browser.
    if (link && pageOf(link) === loaded) link.target ||= "_self";
  };
  addEventListener("click", leave, true);
}

function pageOf({ href }: { href: string }): string {
  return href.replace(/#.*$/, "");
}
