package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import dev.jiggety.couch.Hub;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.Trust;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety key list}: who is trusted. */
@Command(
    name = "list",
    description =
        "Show the keys that are in force on the hub: whose patches and heads are believed.",
    footer = {"%nExample:", "  jiggety key list"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeyListCommand implements Runnable {
  @Mixin private HubOption hub;

  @Option(names = "--json", description = "Print a JSON array with an object for each key.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    List<TrustedKey> keys = keys();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray all = new JsonArray();
      keys.forEach(key -> all.add(KeyShowCommand.json(key)));
      out.println(all);
    } else if (keys.isEmpty()) {
      out.println("nobody is trusted yet; start a manager with: jiggety manager --trust FILE");
    } else {
      TextTable table = new TextTable("NAME", "ROLE", "ID");
      keys.forEach(key -> table.row(key.name(), key.role().label(), key.id()));
      table.lines().forEach(out::println);
    }
  }

  private List<TrustedKey> keys() {
    try (Hub open = hub.open()) {
      Trust trust = Trust.in(new CouchRepositories(open, hub.names()).patches().inForce());
      return trust.keys().values().stream()
          .sorted(Comparator.comparing(TrustedKey::name).thenComparing(TrustedKey::id))
          .toList();
    }
  }
}
