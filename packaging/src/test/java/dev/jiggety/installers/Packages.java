package dev.jiggety.installers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code packaging/build} makes of the jars of this build. */
final class Packages {
  static final String FIRST = "0.1.0";
  static final String NEXT = "0.2.0";

  private static final Path OUT = Path.of("target", "packages-tested").toAbsolutePath();

  private Packages() {}

  /** Builds all that the tests need; quickly packed. */
  static void build() {
    build("agent", "deb", "tar", "--version", FIRST);
    build("agent", "deb", "--keep-image", "--version", NEXT);
    build("desktop", "deb", "rpm", "--aot", "no", "--version", FIRST);
  }

  static void build(String... words) {
    List<String> all = new ArrayList<>(List.of("sh", "build", "--built"));
    all.addAll(List.of("--level", "fast", "--out", OUT.toString()));
    all.addAll(List.of(words));
    // A commit meanwhile would be another time.
    new Command(all, Map.of("SOURCE_DATE_EPOCH", "1735689600")).run();
  }

  /** The package of a product and version. */
  static Path deb(String product, String version) throws IOException {
    return find("jiggety-" + product + "_" + version + "_*.deb");
  }

  /** The one file of a build with a name like this. */
  static Path find(String glob) throws IOException {
    try (var found = Files.newDirectoryStream(OUT, glob)) {
      return found.iterator().next();
    }
  }
}
