"""A desktop's tray and power management on the D-Bus of a login, for tests: a second implementation of both sides.

Commands come as JSON lines on standard input, answers leave the same way on standard output.
"""

import json
import sys
import threading

from gi.repository import Gio, GLib

WATCHER = "org.kde.StatusNotifierWatcher"
POWER = "org.freedesktop.PowerManagement"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"

INTERFACES = Gio.DBusNodeInfo.new_for_xml(
    f"""<node>
  <interface name="{WATCHER}">
    <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
    <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
    <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
    <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
    <property name="ProtocolVersion" type="i" access="read"/>
  </interface>
  <interface name="{POWER}.Inhibit">
    <method name="Inhibit">
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="u" direction="out"/>
    </method>
    <method name="UnInhibit"><arg type="u" direction="in"/></method>
    <method name="HasInhibit"><arg type="b" direction="out"/></method>
  </interface>
</node>"""
)

items = []
inhibits = {}
next_cookie = 1
bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)


def on_watcher_call(_bus, sender, _path, _interface, method, parameters, invocation):
    if method == "RegisterStatusNotifierItem":
        (service,) = parameters.unpack()
        # A path belongs to the caller; a name has the usual path.
        entry = (sender, service) if service.startswith("/") else (service, "/StatusNotifierItem")
        if entry not in items:
            items.append(entry)
    invocation.return_value(None)


def watcher_property(_bus, _sender, _path, _interface, name):
    return {
        "RegisteredStatusNotifierItems": GLib.Variant("as", [a + b for a, b in items]),
        "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
        "ProtocolVersion": GLib.Variant("i", 0),
    }[name]


def forget_inhibits(_bus, sender):
    """As power services do: what left the bus keeps nobody awake, whether it said so or not."""
    for cookie in [cookie for cookie, (owner, _wish) in inhibits.items() if owner == sender]:
        inhibits.pop(cookie, None)


def on_power_call(bus, sender, _path, _interface, method, parameters, invocation):
    global next_cookie
    if method == "Inhibit":
        inhibits[next_cookie] = (sender, parameters.unpack())
        Gio.bus_watch_name_on_connection(bus, sender, Gio.BusNameWatcherFlags.NONE, None, forget_inhibits)
        invocation.return_value(GLib.Variant("(u)", (next_cookie,)))
        next_cookie += 1
    elif method == "UnInhibit":
        inhibits.pop(parameters.unpack()[0], None)
        invocation.return_value(None)
    else:
        invocation.return_value(GLib.Variant("(b)", (len(inhibits) > 0,)))


def call(service, path, interface, method, parameters):
    return bus.call_sync(service, path, interface, method, parameters, None, Gio.DBusCallFlags.NONE, 5000, None)


def property_of(service, path, name):
    answer = call(service, path, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (ITEM, name)))
    return answer.unpack()[0]


def icon():
    """The newest icon: what it says, and the colours of its largest picture."""
    if not items:
        return None
    service, path = items[-1]
    pixmaps = property_of(service, path, "IconPixmap")
    tooltip = property_of(service, path, "ToolTip")
    largest = max(pixmaps, key=lambda pixmap: pixmap[0], default=(0, 0, b""))
    return {
        "tooltip": tooltip[2] or tooltip[3],
        "sizes": sorted(pixmap[0] for pixmap in pixmaps),
        "red": count_red(bytes(largest[2])),
        "menu": [label for _id, label in menu_entries()],
    }


def count_red(argb):
    pixels = [argb[at : at + 4] for at in range(0, len(argb), 4)]
    return sum(1 for alpha, red, green, blue in pixels if alpha > 200 and red > 200 and green < 130 and blue < 130)


def menu_entries():
    service, path = items[-1]
    menu = property_of(service, path, "Menu")
    try:
        call(service, menu, MENU, "AboutToShow", GLib.Variant("(i)", (0,)))
    except GLib.Error:
        pass  # optional; Chromium does not always answer it
    layout = call(service, menu, MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, [])))
    _revision, (_id, _properties, children) = layout.unpack()
    entries = []
    for child_id, properties, _children in children:
        if properties.get("type") != "separator":
            entries.append((child_id, properties.get("label", "").replace("_", "")))
    return entries


def choose(label):
    service, path = items[-1]
    menu = property_of(service, path, "Menu")
    entry = next(child_id for child_id, text in menu_entries() if text == label)
    event = GLib.Variant("(isvu)", (entry, "clicked", GLib.Variant("i", 0), 0))
    call(service, menu, MENU, "Event", event)


def activate():
    service, path = items[-1]
    call(service, path, ITEM, "Activate", GLib.Variant("(ii)", (0, 0)))


COMMANDS = {
    "icon": lambda _request: icon(),
    "choose": lambda request: choose(request["label"]),
    "activate": lambda _request: activate(),
    "inhibits": lambda _request: [wish for _owner, wish in list(inhibits.values())],
}


def answer(value):
    print(json.dumps(value), flush=True)


def serve_commands():
    """On a thread of its own: the application may call us while we wait for its answer."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer({"ok": True, "value": COMMANDS[request["do"]](request)})
        except Exception as error:  # the test decides what a failure means
            answer({"ok": False, "error": str(error)})
    loop.quit()


watcher_info, power_info = INTERFACES.interfaces
bus.register_object("/StatusNotifierWatcher", watcher_info, on_watcher_call, watcher_property, None)
bus.register_object("/org/freedesktop/PowerManagement/Inhibit", power_info, on_power_call, None, None)
for name in (WATCHER, POWER):
    call(
        "org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
        "RequestName",
        GLib.Variant("(su)", (name, 0)),
    )
loop = GLib.MainLoop()
threading.Thread(target=serve_commands, daemon=True).start()
answer({"ready": True})
loop.run()
