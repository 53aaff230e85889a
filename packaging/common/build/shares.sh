# Part of packaging/build: what comes along with the program: icons, pages, licences, list of parts.

# Draws the icons of all sizes and systems from the one picture.
icons() {
  [ ! -f "$work/icons/jiggety.icns" ] || [ "$here/common/icon/jiggety.svg" -nt "$work/icons/jiggety.icns" ] || return 0
  "$JAVA_HOME/bin/java" -Djava.awt.headless=true "$here/src/main/java/dev/jiggety/packaging/Icons.java" \
    "$here/common/icon/jiggety.svg" "$work/icons"
}

# Under share/ of an image: doc, man, bash-completion; a package puts them where its system has them.
shares_of() {
  share=$image/share
  [ $system != mac ] || [ ! -d "$image/Contents" ] || share=$image/Contents/Resources/share
  mkdir -p "$share/doc/licences" "$share/man/man1"
  module=$(module_of "$1")
  cp "$root/LICENSE" "$share/doc/LICENSE"
  cp "$here/common/NOTICE" "$share/doc/NOTICE"
  for list in bom.json third-party.txt; do
    [ -f "$root/$module/$tree/packages/$list" ] ||
      die "no $list of $module: build with mvn -Dpackages, and not offline (-o leaves bom.json out)"
  done
  cp "$root/$module/$tree/packages/bom.json" "$share/doc/sbom.cdx.json"
  cp "$root/$module/$tree/packages/third-party.txt" "$share/doc/third-party.txt"
  licences_of "$share/doc/licences"
  if [ "$1" = agent ]; then
    pages=$work/pages
    rm -rf "$pages"
    "$(runtime_java)" "@$here/common/agent.options" -cp "$(image_class_path)" dev.jiggety.agent.cli.Main \
      manual --out "$pages" --date "$(iso_date | cut -c1-10)"
    cp "$pages"/*.1 "$share/man/man1/"
    mkdir -p "$share/bash-completion/completions"
    sed '1{/^#!/d;}' "$pages/jiggety.bash" >"$share/bash-completion/completions/jiggety"
  else
    cp "$here/linux/desktop/jiggety-desktop.1" "$share/man/man1/"
  fi
}

runtime_java() {
  for java in "$(lib_of "$image")/runtime/bin/java" "$(lib_of "$image")/runtime/Contents/Home/bin/java"; do
    if [ -x "$java" ]; then printf '%s' "$java"; return; fi
  done
}

image_class_path() {
  separator=:
  [ $system != windows ] || separator=';'
  while IFS= read -r jar; do
    printf '%s%s' "$(lib_of "$image")/app/$jar" "$separator"
  done <"$(lib_of "$image")/class-path"
}

# The licence and notice that each jar carries itself; Java's and JavaFX's stand in the runtime's legal/.
licences_of() {
  texts=$1
  set --
  for jar in "$(lib_of "$image")"/app/*.jar; do
    case ${jar##*/} in agent.jar | desktop-client.jar | shared-model.jar) continue ;; esac
    set -- "$@" "$jar"
  done
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 \
    "$here/src/main/java/dev/jiggety/packaging/Licences.java" "$texts" "$@"
  find "$texts" -type f -exec chmod 644 {} +
}
