# Part of packaging/build: the folder that runs, of runtime, jars and launcher.

# Sets where the jars are, builds them unless told not to.
jars() {
  if [ $built = yes ]; then
    tree=target
    [ -f "$root/agent/target/class-path" ] || die "no jars: mvn -Dpackages package first, or leave --built out"
  else
    tree=target/quick
    [ $keep = yes ] || (
      cd "$root"
      say "building the jars …"
      MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
        mvn -B -ntp -q -Dstyle.color=never -Dquick -Dpackages -Dmaven.test.skip=true \
        -pl agent,desktop-client -am package >&2
    ) || die "the jars could not be built, see above"
  fi
}

module_of() { if [ "$1" = agent ]; then echo agent; else echo desktop-client; fi; }

# Prints the jar of a module, whichever of the two builds it comes from.
jar_of() {
  for jar in "$root/$1/$tree/$1.jar" "$root/$1/$tree/$1-"[0-9]*.jar; do
    case $jar in *-tests.jar | *-sources.jar) continue ;; esac
    if [ -f "$jar" ]; then printf '%s' "$jar"; return; fi
  done
  die "no jar of $1 in $root/$1/$tree"
}

words_of() { sed -e 's/#.*//' "$@" | tr -s '\n' ' '; }

# Everything has the time of the commit: a JVM compares that of jars with what it has trained.
date_all() {
  if touch -h -d "@$SOURCE_DATE_EPOCH" "$1" 2>/dev/null; then
    find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  else # BSD
    find "$1" -exec touch -h -t "$(date -r "$SOURCE_DATE_EPOCH" +%Y%m%d%H%M.%S)" {} +
  fi
}

# The runtime: what its file of modules names. Commands stay: workers and start-up checks are java.
runtime_of() {
  set -- "$1" "$2" "$(words_of "$here/common/$1.modules" | tr ' ' ',' | sed 's/^,*//; s/,*$//')"
  rm -rf "$2"
  fx=
  if [ "$1" = desktop ]; then
    # Of each of JavaFX's two jars the one with the platform in its name; the other is empty.
    fx=$work/javafx
    rm -rf "$fx"
    mkdir -p "$fx"
    cp "$root/desktop-client/$tree/javafx/"*-[0-9]*-*.jar "$fx/"
  fi
  "$JAVA_HOME/bin/jlink" ${fx:+--module-path "$fx"} --add-modules "$3" \
    --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 --output "$2"
  # A headless program draws to no screen: without these it needs none of X's libraries.
  if [ "$1" = agent ]; then
    rm -f "$2"/lib/libawt_xawt.so "$2"/lib/libsplashscreen.so "$2"/lib/libjawt.so "$2"/lib/libjsound.so
  fi
  chmod -R u+w "$2"
  strip_in "$2"
  # The classes of the JDK itself, mapped into memory: workers build theirs upon it.
  "$2/bin/java" -Xshare:dump -XX:+UseSerialGC >/dev/null 2>&1 || say "no archive of the JDK's classes"
}

# Takes away symbols that nobody but a debugger needs; Debian wants them gone.
strip_in() {
  if [ $system = linux ] && has_command strip; then
    find "$@" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jexec -o -name jspawnhelper \) \
      -exec strip --strip-unneeded {} + 2>/dev/null || true
  fi
}

# The jars of a product in one folder, in the order of the class path, which is written down.
app_of() {
  module=$(module_of "$1")
  mkdir -p "$2"
  cp "$(jar_of "$module")" "$2/$module.jar"
  cp "$(jar_of shared-model)" "$2/shared-model.jar"
  printf '%s\n%s\n' "$module.jar" shared-model.jar >"$3"
  separator=:
  [ $system != windows ] || separator=';'
  tr "$separator" '\n' <"$root/$module/$tree/class-path" | while IFS= read -r jar || [ -n "$jar" ]; do
    case $jar in
      '') continue ;;
      # SQLite for all systems, of which we need one.
      */sqlite-jdbc-*) sqlite_of "$jar" "$2" ;;
      *) cp "$jar" "$2/" ;;
    esac
    printf '%s\n' "${jar##*[/\\]}" >>"$3"
  done
}

# Copies SQLite's jar with the native library of this system alone: 1 MB instead of 12.
sqlite_of() {
  name=$2/${1##*[/\\]}
  rm -rf "$work/sqlite"
  mkdir -p "$work/sqlite"
  (
    cd "$work/sqlite"
    "$JAVA_HOME/bin/jar" --extract --file "$1"
    case $system in linux) keep_os=Linux ;; mac) keep_os=Mac ;; *) keep_os=Windows ;; esac
    case $(uname -m) in aarch64 | arm64) keep_arch=aarch64 ;; *) keep_arch=x86_64 ;; esac
    cd org/sqlite/native
    for os in *; do
      for arch in "$os"/*; do
        if [ "$arch" != "$keep_os/$keep_arch" ]; then rm -rf "$arch"; fi
      done
    done
  )
  "$JAVA_HOME/bin/jar" --create --file "$name" --manifest "$work/sqlite/META-INF/MANIFEST.MF" \
    --date "$(iso_date)" -C "$work/sqlite" .
}

iso_date() {
  date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null ||
    date -u -r "$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ
}

# The whole folder of a product: $work/jiggety-agent or $work/jiggety-desktop.
image_of() {
  say "image of $1 …"
  image=$work/jiggety-$1
  rm -rf "$image" "$work/$1-app" "$work/$1-runtime" "$work/$1-class-path"
  runtime_of "$1" "$work/$1-runtime"
  app_of "$1" "$work/$1-app" "$work/$1-class-path"
  icons
  date_all "$work/$1-app"
  if [ "$1" = agent ] && [ $system != windows ]; then
    agent_image
  else
    by_jpackage "$1"
  fi
  shares_of "$1"
  date_all "$image"
}

# The headless program is started by a script: options differ by role, and it runs in the script's
# place, where jpackage's own launcher would stand between a service and its signals.
agent_image() {
  mkdir -p "$image/bin" "$image/lib"
  cp "$here/common/jiggety" "$image/bin/jiggety"
  chmod 755 "$image/bin/jiggety"
  mv "$work/agent-app" "$image/lib/app"
  mv "$work/agent-runtime" "$image/lib/runtime"
  mv "$work/agent-class-path" "$image/lib/class-path"
  cp "$here/common/agent.options" "$image/lib/"
  if [ -f "$here/common/boot" ]; then
    cp "$here/common/boot" "$image/boot"
    chmod 755 "$image/boot"
  else
    ln -s bin/jiggety "$image/boot"
  fi
}

# Options of a product's JVM, one a line.
options_of() {
  if [ "$1" = agent ]; then
    sed '/^#/d' "$here/common/agent.options"
    echo -XX:+UseSerialGC
  else
    sed '/^#/d' "$here/common/desktop.options" "$root/desktop-client/javafx.options"
  fi
}

by_jpackage() {
  name=jiggety-desktop module=desktop-client main=dev.jiggety.desktop.Main
  # On Linux a script of ours stands before it, see linux/desktop/jiggety-desktop.
  if [ $system = linux ]; then name=jiggety-window; fi
  if [ "$1" = agent ]; then name=jiggety module=agent main=dev.jiggety.agent.cli.Main; fi
  set -- "$1" --type app-image --name "$name" --dest "$work/jpackage" --input "$work/$1-app" \
    --main-jar "$module.jar" --main-class "$main" --runtime-image "$work/$1-runtime" \
    --app-version "$(numeric_version)" --vendor Jiggety
  while IFS= read -r option; do set -- "$@" --java-options "$option"; done <<EOF
$(options_of "$1")
EOF
  case $system in
    linux) set -- "$@" --icon "$work/icons/jiggety-256.png" ;;
    mac) set -- "$@" --icon "$work/icons/jiggety.icns" --mac-package-identifier dev.jiggety.desktop ;;
    windows)
      set -- "$@" --icon "$work/icons/jiggety.ico"
      if [ "$1" = agent ]; then set -- "$@" --win-console; fi ;;
  esac
  product=$1
  shift
  rm -rf "$work/jpackage"
  "$JAVA_HOME/bin/jpackage" "$@"
  if [ $system = mac ]; then image=$image.app; rm -rf "$image"; fi
  mv "$work/jpackage/"* "$image"
  if [ $system = linux ]; then
    strip_in "$image/bin" "$image/lib/libapplauncher.so"
    cp "$here/linux/desktop/jiggety-desktop" "$image/bin/"
    chmod 755 "$image/bin/jiggety-desktop"
  fi
  in_order "$product"
}

# jpackage writes the jars as its folder lists them; the program's start shall not depend on that.
in_order() {
  lib=$(lib_of "$image")
  cfg=$(find "$lib/app" -name '*.cfg')
  cp "$work/$1-class-path" "$lib/class-path"
  {
    sed '/^app\.classpath=/d; /^$/d; /^\[JavaOptions\]/,$d' "$cfg"
    while IFS= read -r jar; do
      # shellcheck disable=SC2016 # jpackage's own variable
      printf 'app.classpath=$APPDIR/%s\n' "$jar"
    done <"$lib/class-path"
    echo
    sed -n '/^\[JavaOptions\]/,$p' "$cfg"
  } >"$cfg.new"
  mv "$cfg.new" "$cfg"
}

lib_of() {
  case $system in
    mac) if [ -d "$1/Contents" ]; then echo "$1/Contents"; else echo "$1/lib"; fi ;;
    windows) echo "$1" ;;
    *) echo "$1/lib" ;;
  esac
}

# jpackage on Windows and macOS takes numbers alone.
numeric_version() {
  numbers=$(printf '%s' "$version" | sed 's/[^0-9.].*//')
  if [ $system = linux ]; then echo "$numbers"; else
    case $numbers in 0.*) echo "1.${numbers#0.}" ;; *) echo "$numbers" ;; esac
  fi
}

stamp_version() {
  image=$work/jiggety-$1
  [ $system != mac ] || [ -d "$image" ] || image=$image.app
  lib=$(lib_of "$image")
  printf '%s\n' "$version" >"$lib/version"
  date_all "$lib/version"
}

# Trains the cache with the image's own java and the options of its launcher, or takes it away.
with_aot() {
  rm -f "$lib/jiggety.aot"
  [ "$2" = yes ] || { aot_in_cfg "$1" no; return 0; }
  say "training the cache of $1 …"
  java=$lib/runtime/bin/java
  [ -x "$java" ] || java=$lib/runtime/Contents/Home/bin/java
  separator=:
  [ $system != windows ] || separator=';'
  path=$(while IFS= read -r jar; do printf '%s%s' "$lib/app/$jar" "$separator"; done <"$lib/class-path")
  sed '/^#/d' >"$work/$1.args" <<EOF
$(options_of "$1")
EOF
  data=$work/training
  rm -rf "$data"
  mkdir -p "$data"
  if [ "$1" = agent ]; then
    set -- "$1" dev.jiggety.agent.cli.Main demo --headless --for 15s --port 0 --data "$data/demo"
  else
    set -- "$1" -Dglass.platform=Headless -Dprism.order=sw "-Duser.home=$data" \
      "-Djiggety.training=20" dev.jiggety.desktop.Main
  fi
  product=$1
  shift
  if train "$@"; then aot_in_cfg "$product" yes; else say "training failed: no cache"; fi
  rm -rf "$data"
  date_all "$lib"
}

# The program ends by itself, or by a signal after a while, and then writes what it has learned.
train() {
  XDG_CONFIG_HOME=$data/config "$java" "@$work/$product.args" "-XX:AOTCacheOutput=$lib/jiggety.aot" \
    -cp "${path%?}" "$@" >"$work/training.log" 2>&1 &
  trained=$!
  if [ "$product" = desktop ]; then
    sleep 12
    kill "$trained" 2>/dev/null || true
  fi
  wait "$trained" 2>/dev/null || true
  [ -s "$lib/jiggety.aot" ]
}

# jpackage's launcher reads its options from a file; our own looks whether the cache is there.
aot_in_cfg() {
  cfg=$(find "$lib/app" -name '*.cfg')
  [ -n "$cfg" ] || return 0
  sed '/AOTCache=/d; /-Xlog:aot=off/d' "$cfg" >"$cfg.new"
  if [ "$2" = yes ]; then
    # shellcheck disable=SC2016 # jpackage's own variable
    printf 'java-options=%s\njava-options=-Xlog:aot=off\n' '-XX:AOTCache=$APPDIR/../jiggety.aot' >>"$cfg.new"
  fi
  mv "$cfg.new" "$cfg"
  date_all "$cfg"
}
