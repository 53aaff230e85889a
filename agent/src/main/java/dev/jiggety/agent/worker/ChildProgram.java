package dev.jiggety.agent.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How a worker's JVM is started: with this runtime and class path, and with nothing secret. */
final class ChildProgram {
  /** What of the environment it gets; the rest may hold credentials. */
  private static final Set<String> ENVIRONMENT =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "DISPLAY",
          "JIGGETY_CHROMIUM",
          "JIGGETY_CHROMEDRIVER",
          "JIGGETY_PROBES");

  /** Properties that say how to reach sites; they go over the pipe, since one may be a password. */
  private static final List<String> PROPERTIES =
      List.of("javax.net.ssl.", "java.net.", "jdk.tls.", "sun.net.inetaddr.", "jiggety.");

  /** They run what they are given in their own place, so that the process stays the same. */
  private static final Path NEW_SESSION = Path.of("/usr/bin/setsid");

  private static final Path NICE = Path.of("/usr/bin/nice");

  /** Endless loops of pages should leave the processor to the agent. */
  private static final String NICENESS = "5";

  private ChildProgram() {}

  static Process start(WorkerOptions options, WorkerFolder folder) throws IOException {
    List<String> more = new ArrayList<>();
    ClassArchive.of(options)
        .flatMap(ClassArchive::file)
        .ifPresent(file -> more.add("-XX:SharedArchiveFile=" + file));
    more.addAll(options.javaOptions());
    List<String> command = command(options, folder, more);
    command.add(folder.path().toString());
    command.add(Long.toString(ProcessHandle.current().pid()));
    return builder(command, folder).start();
  }

  /** A process that only practises, and at its end writes an archive of its classes. */
  static Process practise(WorkerOptions options, WorkerFolder folder, Path archive)
      throws IOException {
    List<String> more = List.of("-XX:ArchiveClassesAtExit=" + archive);
    return builder(command(options, folder, more), folder)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static ProcessBuilder builder(List<String> command, WorkerFolder folder) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(ENVIRONMENT);
    environment.put("CLASSPATH", System.getProperty("java.class.path"));
    environment.put("TMPDIR", folder.temporary().toString());
    environment.put(ProcessTree.MARK, folder.path().toString());
    return builder;
  }

  /** System properties of this process that a worker should have as well. */
  static Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (PROPERTIES.stream().anyMatch(name::startsWith)) {
        properties.put(name, System.getProperty(name));
      }
    }
    return properties;
  }

  private static List<String> command(
      WorkerOptions options, WorkerFolder folder, List<String> more) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NEW_SESSION)) {
      command.add(NEW_SESSION.toString());
    }
    if (Files.isExecutable(NICE)) {
      command.addAll(List.of(NICE.toString(), "-n", NICENESS));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + options.heapMegabytes() + "m",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:MaxMetaspaceSize=192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+DisplayVMOutputToStderr", // standard output is for messages
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "-XX:-UsePerfData", // a file in the system's folder that a killed process leaves
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.path().resolve("crash.log"),
            "-Djava.io.tmpdir=" + folder.temporary(),
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(more);
    command.add(WorkerMain.class.getName());
    return command;
  }
}
