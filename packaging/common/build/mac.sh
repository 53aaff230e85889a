# Part of packaging/build: macOS. Written for what jpackage, pkgbuild and launchd document; not run
# where this was written, see docs/operations/installing.md.

pack_pkg() {
  [ $system = mac ] || die "a pkg is made on macOS"
  if [ "$1" = desktop ]; then
    "$JAVA_HOME/bin/jpackage" --type pkg --name Jiggety --dest "$out" --app-image "$image" \
      --app-version "$(numeric_version)" --vendor Jiggety --mac-package-identifier dev.jiggety.desktop
    return
  fi
  tree_root=$work/root-agent
  rm -rf "$tree_root"
  mkdir -p "$tree_root/usr/local/lib" "$tree_root/usr/local/bin" "$tree_root/usr/local/share/man/man1" \
    "$tree_root/Library/LaunchDaemons" "$tree_root/usr/local/etc/jiggety"
  cp -Rp "$image" "$tree_root/usr/local/lib/jiggety-agent"
  ln -s ../lib/jiggety-agent/bin/jiggety "$tree_root/usr/local/bin/jiggety"
  mv "$tree_root/usr/local/lib/jiggety-agent/share/man/man1/"*.1 "$tree_root/usr/local/share/man/man1/"
  mkdir -p "$tree_root/usr/local/lib/jiggety-agent/share/conf"
  cp "$here"/linux/conf/*.conf "$tree_root/usr/local/lib/jiggety-agent/share/conf/"
  cp "$here"/macos/dev.jiggety.*.plist "$tree_root/Library/LaunchDaemons/"
  pkgbuild --root "$tree_root" --identifier dev.jiggety.agent --version "$version" \
    --scripts "$here/macos/scripts" "$out/jiggety-agent-$version-$(machine).pkg"
}
