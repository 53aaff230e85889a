package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.agent.node.NodeCheck;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety release check}: whether this program can be a node; asked by the one before. */
@Command(
    name = "check",
    hidden = true,
    description = {
      "See whether this program can be a node with a copy of a node's data, and say which one it is.",
      "Nodes ask a new release so before they put it in force."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ReleaseCheckCommand implements Runnable {
  @Option(names = "--data", paramLabel = "DIR", required = true, description = "The copy.")
  private Path data;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    JsonObject found = NodeCheck.run(data);
    found.addProperty("version", Version.text());
    spec.commandLine().getOut().println(found);
    spec.commandLine().getOut().flush();
  }
}
