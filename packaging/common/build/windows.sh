# Part of packaging/build: Windows. Written for what jpackage, WiX and WinSW document; not run where
# this was written, see docs/operations/installing.md.

pack_msi() {
  [ $system = windows ] || die "an msi is made on Windows (there jpackage calls WiX)"
  set -- "$1" --type msi --name "jiggety-$1" --dest "$out" --app-image "$image" \
    --app-version "$(numeric_version)" --vendor Jiggety --win-upgrade-uuid "$(upgrade_code "$1")" \
    --license-file "$root/LICENSE"
  if [ "$1" = desktop ]; then
    set -- "$@" --win-menu --win-menu-group Jiggety --win-shortcut-prompt --win-per-user-install
  else
    services
    set -- "$@" --install-dir Jiggety
  fi
  shift
  "$JAVA_HOME/bin/jpackage" "$@"
}

# What says to Windows that one msi is the next version of another; never to be changed.
upgrade_code() {
  if [ "$1" = agent ]; then echo 5a0f3c0e-3f0f-4b83-9a6e-0d7cf1b56e21; else
    echo 0b8f2d5c-7a0a-4a0e-8a39-4f0f4a5b6c92; fi
}

# WinSW runs a role as a service: one executable and one XML of the same name for each.
services() {
  if [ -z "$winsw" ]; then
    say "no --winsw: the msi holds no services"
    return
  fi
  for role in node hub manager; do
    cp "$winsw" "$image/jiggety-$role-service.exe"
    cp "$here/windows/jiggety-$role-service.xml" "$image/"
  done
  cp "$here/windows/services.cmd" "$image/"
}
