# Part of packaging/build: archives, and the packages of Linux.

machine() { uname -m; }

pack_folder() {
  say "folder of $1"
  rm -rf "$out/${image##*/}"
  cp -Rp "$image" "$out/"
}

pack_tar() {
  if [ $system = windows ]; then say "no tar of $1: Windows has the msi and the folder"; return; fi
  archive=$out/jiggety-$1-$version-$system-$(machine).tar.gz
  say "${archive##*/}"
  squeeze=-9
  [ $level = small ] || squeeze=-1
  if tar --version 2>/dev/null | grep -q GNU; then
    tar -C "$work" --format=ustar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 \
      --numeric-owner -cf - "${image##*/}" | gzip -n $squeeze >"$archive"
  else # BSD
    (cd "$work" && find "${image##*/}" | sort | tar --format ustar --uid 0 --gid 0 --no-recursion \
      -cf - -T -) | gzip -n $squeeze >"$archive"
  fi
}

# The files of a package as they lie on the system: $work/root-PRODUCT. Used for .deb and .rpm.
lay_out() {
  tree_root=$work/root-$1
  rm -rf "$tree_root"
  mkdir -p "$tree_root/usr/lib" "$tree_root/usr/bin" "$tree_root/usr/share/doc/jiggety-$1" \
    "$tree_root/usr/share/man/man1"
  cp -Rp "$image" "$tree_root/usr/lib/jiggety-$1"
  shared=$tree_root/usr/lib/jiggety-$1/share
  doc=$tree_root/usr/share/doc/jiggety-$1
  for page in "$shared"/man/man1/*.1; do
    gzip -9n <"$page" >"$tree_root/usr/share/man/man1/${page##*/}.gz"
  done
  gzip -9n <"$shared/doc/third-party.txt" >"$doc/third-party.txt.gz"
  gzip -9n <"$shared/doc/sbom.cdx.json" >"$doc/sbom.cdx.json.gz"
  cp "$shared/doc/NOTICE" "$doc/NOTICE"
  cp -R "$shared/doc/licences" "$doc/licences"
  if [ -d "$shared/bash-completion" ]; then cp -R "$shared/bash-completion" "$tree_root/usr/share/"; fi
  rm -rf "$shared"
  "lay_out_$1"
  find "$tree_root" -type d -exec chmod 755 {} +
  find "$tree_root/usr/lib" -name '*.so' -exec chmod 644 {} +
}

lay_out_agent() {
  ln -s ../lib/jiggety-agent/bin/jiggety "$tree_root/usr/bin/jiggety"
  mkdir -p "$tree_root/etc/jiggety" "$tree_root/lib/systemd/system" "$tree_root/usr/lib/sysusers.d" \
    "$tree_root/usr/lib/tmpfiles.d"
  cp "$here"/linux/conf/*.conf "$tree_root/etc/jiggety/"
  cp "$here"/linux/jiggety-*.service "$tree_root/lib/systemd/system/"
  cp "$here/linux/jiggety.sysusers" "$tree_root/usr/lib/sysusers.d/jiggety.conf"
  cp "$here/linux/jiggety.tmpfiles" "$tree_root/usr/lib/tmpfiles.d/jiggety.conf"
  for role in hub manager node; do # the units name these pages
    [ -f "$tree_root/usr/share/man/man1/jiggety-$role.1.gz" ] || die "no man page of jiggety $role"
  done
}

lay_out_desktop() {
  ln -s ../lib/jiggety-desktop/bin/jiggety-desktop "$tree_root/usr/bin/jiggety-desktop"
  mkdir -p "$tree_root/usr/share/applications"
  cp "$here/linux/desktop/jiggety-desktop.desktop" "$tree_root/usr/share/applications/"
  for size in 16 24 32 48 64 128 256 512; do
    icons=$tree_root/usr/share/icons/hicolor/${size}x$size/apps
    mkdir -p "$icons"
    cp "$work/icons/jiggety-$size.png" "$icons/jiggety-desktop.png"
  done
  mkdir -p "$tree_root/usr/share/icons/hicolor/scalable/apps"
  cp "$here/common/icon/jiggety.svg" "$tree_root/usr/share/icons/hicolor/scalable/apps/jiggety-desktop.svg"
}

deb_arch() { dpkg --print-architecture; }

pack_deb() {
  has_command dpkg-deb || die "no dpkg-deb here"
  lay_out "$1"
  name=jiggety-$1
  mkdir -p "$tree_root/DEBIAN" "$tree_root/usr/share/lintian/overrides"
  cp "$here/linux/$1/overrides" "$tree_root/usr/share/lintian/overrides/$name"
  cp "$here/linux/$1/copyright" "$doc/copyright"
  sed -e "s/@VERSION@/$version/; s/@DATE@/$(deb_date)/" "$here/linux/$1/changelog" |
    gzip -9n >"$doc/changelog.gz"
  size=$(du -sk --apparent-size "$tree_root" | cut -f1)
  sed -e "s/@VERSION@/$version/; s/@ARCH@/$(deb_arch)/; s/@SIZE@/$size/" "$here/linux/$1/control" \
    >"$tree_root/DEBIAN/control"
  for script in postinst prerm postrm conffiles; do
    if [ -f "$here/linux/$1/$script" ]; then
      cp "$here/linux/$1/$script" "$tree_root/DEBIAN/$script"
      case $script in conffiles) mode=644 ;; *) mode=755 ;; esac
      chmod $mode "$tree_root/DEBIAN/$script"
    fi
  done
  (cd "$tree_root" && find . -path ./DEBIAN -prune -o -path ./etc -prune -o -type f -printf '%P\0' | sort -z |
    xargs -0 md5sum >DEBIAN/md5sums)
  date_all "$tree_root"
  package=$out/${name}_${version}_$(deb_arch).deb
  say "${package##*/}"
  case $level in
    fast) set -- -Zgzip -z1 ;;
    *) set -- -Zxz -z6 ;;
  esac
  # Threads would cut an xz stream differently on each machine.
  dpkg-deb --threads-max=1 --root-owner-group "$@" --build "$tree_root" "$package" >/dev/null 2>&1 ||
    dpkg-deb --root-owner-group "$@" --build "$tree_root" "$package" >/dev/null
}

deb_date() { date -u -d "@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S +0000'; }

pack_rpm() {
  has_command rpmbuild || die "no rpmbuild here (Debian: apt-get install rpm)"
  lay_out "$1"
  cp "$root/LICENSE" "$doc/LICENSE"
  # Where rpm's world has units.
  if [ -d "$tree_root/lib/systemd" ]; then
    mv "$tree_root/lib/systemd" "$tree_root/usr/lib/systemd"
    rmdir "$tree_root/lib"
  fi
  date_all "$tree_root"
  top=$work/rpm-$1
  rm -rf "$top"
  mkdir -p "$top"
  payload=w19.zstdio
  [ $level = small ] || payload=w1.gzdio
  # ~ sorts before everything, in rpm as in dpkg.
  sed -e "s/@VERSION@/$version/; s/@PAYLOAD@/$payload/" "$here/linux/$1/spec" >"$top/spec"
  say "rpm of $1"
  rpmbuild -bb --quiet --define "_topdir $top" --define "tree $tree_root" --define "_rpmdir $out" \
    --define '_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm' \
    --define '_build_id_links none' --define '_buildhost localhost' \
    --define 'use_source_date_epoch_as_buildtime 1' --define 'clamp_mtime_to_source_date_epoch 1' \
    "$top/spec" >"$top/log" 2>&1 || { cat "$top/log" >&2; die "rpmbuild failed"; }
}
