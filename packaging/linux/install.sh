#!/bin/sh
# Installs Landmark Desktop for you alone: no administrator is needed. `./uninstall.sh` takes it away again.
# PREFIX says where (default: ~/.local).
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
prefix=${PREFIX:-"$HOME/.local"}
mkdir -p "$prefix"
prefix=$(CDPATH='' cd -- "$prefix" && pwd)
program=$prefix/lib/landmark-desktop

case $here/ in
"$program"/*)
    echo "This is the installed program itself. Run the install.sh of the archive that you unpacked." >&2
    exit 1
    ;;
esac

# What this system lacks is told before anything is copied, and stops nothing: the commands may still be wanted.
missing=$(for library in "$here"/_internal/PySide6/Qt/plugins/platforms/libqxcb.so "$here"/_internal/PySide6/Qt/lib/libQt6Network.so.6; do
    LD_LIBRARY_PATH=$here/_internal ldd "$library" 2>/dev/null | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p'
done | sort -u)
if [ -n "$missing" ]; then
    echo "The window needs libraries that this system does not have:" >&2
    printf '%s\n' "$missing" | sed 's/^/    /' >&2
    echo "Install the packages of your distribution that bring them. README.txt names those of Debian and Ubuntu." >&2
fi

# A new folder first, then the exchange: a full disk leaves the installed program as it was.
new=$program.new
rm -rf "$new"
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share/applications"
trap 'rm -rf "$new"' EXIT
mkdir "$new"
for entry in "$here"/*; do
    cp -RP "$entry" "$new/"
done
rm -rf "$program"
mv "$new" "$program"
trap - EXIT

ln -sf "$program/landmark-desktop" "$prefix/bin/landmark-desktop"
ln -sf "$program/landmark-desktop-cli" "$prefix/bin/landmark-desktop-cli"
cp -R "$here/share/icons" "$here/share/metainfo" "$prefix/share/"
# Menus do not look into ~/.local/bin, so that the entry names the program's whole path. Its special signs are escaped
# as an argument, then as a string of an entry, and a percent sign stands for itself only twice.
QUOTED=$(printf '%s' "$program/landmark-desktop" | sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g')
export QUOTED
awk '
    /^Exec=/ { print "Exec=\"" ENVIRON["QUOTED"] "\" %F"; next }
    /^TryExec=/ { next }
    { print }' "$here/share/applications/landmark-desktop.desktop" >"$prefix/share/applications/landmark-desktop.desktop"
# Menus notice by themselves sooner or later; with these, at once.
update-desktop-database "$prefix/share/applications" >/dev/null 2>&1 || true
gtk-update-icon-cache -q -t "$prefix/share/icons/hicolor" >/dev/null 2>&1 || true
echo "Landmark Desktop is installed in $program. It is in your menu of programs now."
case :$PATH: in
*":$prefix/bin:"*) ;;
*) echo "For the command line, add $prefix/bin to your PATH, or call $prefix/bin/landmark-desktop-cli." ;;
esac
