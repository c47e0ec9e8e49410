#!/bin/sh
# Takes away what install.sh installed. Your photos, your library and your settings stay; where they are is said.
set -eu
prefix=${PREFIX:-"$HOME/.local"}
rm -rf "$prefix/lib/landmark-desktop"
rm -f "$prefix/bin/landmark-desktop" "$prefix/bin/landmark-desktop-cli"
rm -f "$prefix/share/applications/landmark-desktop.desktop"
rm -f "$prefix/share/metainfo/org.landmark_desktop.LandmarkDesktop.metainfo.xml"
rm -f "$prefix"/share/icons/hicolor/*/apps/landmark-desktop.png "$prefix/share/icons/hicolor/scalable/apps/landmark-desktop.svg"
update-desktop-database "$prefix/share/applications" >/dev/null 2>&1 || true
echo "Landmark Desktop is gone. Your library and settings stay in"
echo "    ${XDG_DATA_HOME:-$HOME/.local/share}/landmark-desktop"
echo "    ${XDG_CONFIG_HOME:-$HOME/.config}/landmark-desktop"
