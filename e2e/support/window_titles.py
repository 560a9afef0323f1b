#!/usr/bin/python3
"""Prints the titles of all windows of the X display, one a line: what a user could read on the screen."""
import ctypes
import ctypes.util

x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XQueryTree.argtypes = [ctypes.c_void_p, ctypes.c_ulong] + [ctypes.c_void_p] * 4
x11.XFetchName.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p]
x11.XFree.argtypes = [ctypes.c_void_p]


def children(display, window):
    root, parent = ctypes.c_ulong(), ctypes.c_ulong()
    found, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
    x11.XQueryTree(
        display, window, ctypes.byref(root), ctypes.byref(parent), ctypes.byref(found), ctypes.byref(count)
    )
    windows = found[: count.value] if found else []
    if found:
        x11.XFree(found)
    return windows


def walk(display, window):
    name = ctypes.c_char_p()
    if x11.XFetchName(display, window, ctypes.byref(name)) and name.value:
        print(name.value.decode("utf-8", "replace"))
    for child in children(display, window):
        walk(display, child)


# A window may go away while it is looked at; that is no reason to end.
handler_type = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
handler = handler_type(lambda _display, _event: 0)
x11.XSetErrorHandler(handler)
display = x11.XOpenDisplay(None)
if not display:
    raise SystemExit("there is no X display")
walk(display, x11.XDefaultRootWindow(display))
