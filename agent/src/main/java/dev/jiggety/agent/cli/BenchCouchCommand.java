package dev.jiggety.agent.cli;

import dev.jiggety.agent.bench.couch.BenchDatabases;
import dev.jiggety.agent.bench.couch.CouchBench;
import dev.jiggety.agent.bench.couch.CouchScale;
import dev.jiggety.agent.bench.couch.Server;
import dev.jiggety.agent.bench.couch.ServerProcess;
import dev.jiggety.bench.BenchReport;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety bench couch}. */
@Command(
    name = "couch",
    description = {
      "Measure a hub as its clients see it: writes, changes feeds, views, replication, memory.",
      "Without --hub it starts an embedded hub in a process of its own. What a server cannot do is",
      "shown as not measured, with the reason. Ends with 1 when a goal is not met."
    },
    footer = {
      "%nExamples:",
      "  jiggety bench couch",
      "  jiggety bench couch --npm shared-model/target/npm --json",
      "  jiggety bench couch --hub http://127.0.0.1:5984 --credentials admin.txt"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BenchCouchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--hub",
      paramLabel = "URL",
      description = "Measure this one, a real CouchDB for example (default: an embedded one).")
  private @Nullable String url;

  @Option(
      names = "--hub-pid",
      paramLabel = "PID",
      description = "The process of --hub, for its CPU time and memory.")
  private @Nullable Long pid;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description =
          "File of two lines, user and password, readable by you alone (default: JIGGETY_USER and JIGGETY_PASSWORD).")
  private @Nullable Path credentials;

  @Option(
      names = "--npm",
      paramLabel = "DIR",
      description =
          "Compare with PouchDB and its server, which are installed there, as the build does in"
              + " shared-model/target/npm; needs Node.js.")
  private @Nullable Path npm;

  @Option(names = "--quick", description = "A few seconds, to see that it works.")
  private boolean quick;

  @Option(names = "--json", description = "Print the one line alone; it is the last in any case.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("jiggety-bench");
    try (BenchEnd end = BenchEnd.begin()) {
      end.atEnd(() -> Folders.remove(folder));
      Server hub = url == null ? embedded(folder, end) : running(url);
      Optional<CouchBench.Rival> rival =
          npm == null ? Optional.empty() : Optional.of(rival(npm, end));
      BenchDatabases databases = new BenchDatabases();
      end.atEnd(databases::close);
      BenchReport report =
          CouchBench.run(hub, rival, quick ? CouchScale.QUICK : CouchScale.FULL, folder, databases);
      return BenchHub.print(spec, report, json);
    }
  }

  private Server running(String address) {
    Optional<Credentials> known =
        credentials == null
            ? Credentials.fromEnvironment(System.getenv())
            : Optional.of(Credentials.fromFile(credentials));
    Optional<ProcessHandle> process = Optional.ofNullable(pid).flatMap(ProcessHandle::of);
    if (pid != null && process.isEmpty()) {
      throw new CliException(ExitCode.USAGE, "there is no process " + pid);
    }
    return new Server(HubAddress.parse(address, known), process);
  }

  /** A hub as its users start it for a trial. */
  private static Server embedded(Path folder, BenchEnd end) throws IOException {
    Path data = folder.resolve("hub").toAbsolutePath();
    List<String> command =
        ThisProgram.get()
            .with(List.of("hub", "--port", "0", "--data", data.toString(), "--admin-party"));
    ServerProcess process = ServerProcess.start(Path.of("").toAbsolutePath(), command);
    end.atEnd(process::close);
    return process.server();
  }

  private static CouchBench.Rival rival(Path folder, BenchEnd end) throws IOException {
    if (!Files.exists(folder.resolve("server.js"))) {
      throw new CliException(
          ExitCode.USAGE, "no server.js in " + folder + "; the build installs it, run mvn verify");
    }
    ServerProcess process = ServerProcess.start(folder, List.of("node", "server.js", "0"));
    end.atEnd(process::close);
    return new CouchBench.Rival(process.server(), folder);
  }
}
