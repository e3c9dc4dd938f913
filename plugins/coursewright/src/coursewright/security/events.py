"""Attributes that hold JavaScript: the event handlers of HTML, SVG and the window."""

from __future__ import annotations

NAMES = """
abort afterprint animationcancel animationend animationiteration animationstart auxclick
beforeinput beforematch beforeprint beforetoggle beforeunload begin blur cancel canplay
canplaythrough change click close command contextlost contextmenu contextrestored copy cuechange
cut dblclick drag dragend dragenter dragleave dragover dragstart drop durationchange emptied end
ended error focus focusin focusout formdata fullscreenchange fullscreenerror gotpointercapture
hashchange input invalid keydown keypress keyup languagechange load loadeddata loadedmetadata
loadstart lostpointercapture message messageerror mousedown mouseenter mouseleave mousemove
mouseout mouseover mouseup mousewheel offline online pagehide pagereveal pageshow pageswap paste
pause play playing pointercancel pointerdown pointerenter pointerleave pointermove pointerout
pointerover pointerup popstate progress ratechange rejectionhandled repeat reset resize scroll
scrollend search securitypolicyviolation seeked seeking select selectionchange selectstart
slotchange stalled storage submit suspend timeupdate toggle touchcancel touchend touchmove
touchstart transitioncancel transitionend transitionrun transitionstart unhandledrejection unload
volumechange waiting webkitanimationend webkitanimationiteration webkitanimationstart
webkittransitionend wheel
"""

EVENTS = frozenset(f"on{name}" for name in NAMES.split())
"""Their names, in small letters. Not every name that begins with "on" is one: `once`."""
