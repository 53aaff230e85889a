package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.document.PlainDocuments;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Configuration;
import dev.jiggety.repository.couch.CouchRepositories;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files that a hub is to hold, and what to do with what no file has. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TestFiles {
  @Parameters(paramLabel = "PATH", arity = "1..*", description = "YAML files, or folders of them.")
  private List<Path> paths;

  @Option(
      names = "--prune",
      description =
          "Also remove from the hub what no file has: tests, channels, policies and the like.")
  private boolean prune;

  /** The files as they were named, for the record. */
  String names() {
    return paths.stream().map(Path::toString).collect(Collectors.joining(" "));
  }

  /** Reads the files, and only if they are right asks the hub what it has. */
  ChangePlan planFor(CouchRepositories hub) {
    TestYaml.Written wanted = TestYaml.readEverything(paths);
    return ChangePlan.of(wanted, onTheHub(hub), prune);
  }

  private static ChangePlan.OnTheHub onTheHub(CouchRepositories hub) {
    return new ChangePlan.OnTheHub(hub.tests().all().tests(), documents(hub.patches().inForce()));
  }

  /** The documents that are no tests and stand in files, in the order of their ids. */
  static List<JsonObject> documents(Configuration inForce) {
    return inForce.documents().entrySet().stream()
        .filter(entry -> PlainDocuments.isOne(entry.getKey()))
        .map(entry -> Contents.document(entry.getValue()))
        .toList();
  }
}
