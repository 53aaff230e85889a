package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.agent.release.BundleWriter;
import dev.jiggety.agent.release.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Images of the agent for a benchmark: this very program under other versions, good ones and bad
 * ones. For one thread.
 */
final class ReleaseImages {
  private static final int ARCHIVE_SECONDS = 120;

  private final Program java;
  private final Path folder;
  private final Path classes;

  /** What an image does. */
  enum Conduct {
    /** It is an agent. */
    GOOD(""),
    /** It ends at once, whatever it is asked for. */
    CRASHES("exit 1"),
    /** It does nothing, whatever it is asked for. */
    HANGS("exec sleep 600"),
    /** It fills the memory; one at a time, as the machine of the benchmark has to live. */
    EATS(
        "mkdir \"$0.lock\" 2>/dev/null || exit 9; head -c 1200M /dev/zero | tail -c 1150M | sleep 60"),
    /** It passes the start-up check, and ends at once as a node. */
    CRASHES_AS_NODE("if [ \"$1\" = node ]; then exit 1; fi"),
    /** It passes the start-up check, and does nothing as a node. */
    HANGS_AS_NODE("if [ \"$1\" = node ]; then exec sleep 600; fi"),
    /** It becomes a node, and is killed soon, as the system does with what takes all memory. */
    KILLED_AS_NODE("if [ \"$1\" = node ]; then (sleep 6; kill -KILL $$) & fi");

    private final String script;

    Conduct(String script) {
      this.script = script;
    }

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * Images of a program.
   *
   * @param java how it is started, as a command of Java's
   * @param folder for the images
   */
  ReleaseImages(Program java, Path folder) {
    this.java = java;
    this.folder = folder;
    this.classes = folder.resolve("classes.jsa");
  }

  /** Keeps the classes that a node loads, as the packages do: then it starts as they start. */
  void keepClasses() throws IOException, InterruptedException {
    Path data = Files.createDirectories(folder.resolve("nothing"));
    List<String> command =
        java.with(List.of("release", "check", "--data", data.toString())).stream()
            .collect(Collectors.toList());
    command.add(1, "-XX:ArchiveClassesAtExit=" + classes);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("classes.log").toFile())
            .start();
    if (!process.waitFor(ARCHIVE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /**
   * Makes one. Each start as a node is noted in the file {@code starts} in it.
   *
   * @return its folder
   */
  Path make(String version, Conduct conduct) throws IOException {
    Path image = folder.resolve("image-" + version);
    Path program = image.resolve(BundleWriter.PROGRAM);
    Files.createDirectories(image.resolve("bin"));
    List<String> command = java.command();
    String words =
        command.subList(1, command.size()).stream()
            .map(ReleaseImages::quoted)
            .collect(Collectors.joining(" "));
    Files.writeString(
        program,
        """
        #!/bin/sh
        if [ "$1" = node ]; then echo "$*" >>%s; fi
        %s
        exec %s -XX:SharedArchiveFile=%s -Xlog:cds=off -Xlog:cds=off:stderr \
        -Djiggety.version=%s %s "$@"
        """
            .formatted(
                quoted(starts(version).toString()),
                conduct.script,
                quoted(command.getFirst()),
                quoted(classes.toString()),
                version,
                words));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return image;
  }

  /** How often nodes started it, at most by one of them. */
  long mostStarts(String version) throws IOException {
    Path file = starts(version);
    if (!Files.exists(file)) {
      return 0;
    }
    return Files.readAllLines(file).stream()
        .collect(Collectors.groupingBy(line -> line, Collectors.counting()))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .max()
        .orElse(0);
  }

  private Path starts(String version) {
    return folder.resolve("starts-" + version);
  }

  /** For what platform they are. */
  static String platform() {
    return Platform.here();
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
