package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.SecretReferences;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Member;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.rules.SecretRules;
import dev.jiggety.repository.SecretRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.Trust;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety secret list}: which secrets there are and who can open them. */
@Command(
    name = "list",
    description =
        "Show which secrets there are, since when, who can open them and what uses them; never the content.",
    footer = {"%nExample:", "  jiggety secret list"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class SecretListCommand implements Runnable {
  @Mixin private HubOption hub;

  @Option(names = "--json", description = "Print a JSON array with an object for each secret.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (Hub open = hub.open()) {
      CouchRepositories there = new CouchRepositories(open, hub.names());
      Configuration inForce = there.patches().inForce();
      Trust trust = Trust.in(inForce);
      SecretRepository secrets = there.secrets();
      Optional<SecretIndex> index = secrets.index(trust);
      List<SealedSecret> sealed =
          secrets
              .secrets(index.map(it -> it.secrets().keySet()).orElse(new TreeSet<>()), trust)
              .stream()
              .sorted(Comparator.comparing(SealedSecret::name))
              .toList();
      print(sealed, users(inForce), secrets.members(trust));
    }
  }

  /** The names of the secrets whose present content a node can open, or could. */
  static SortedSet<String> knownTo(String node, CouchRepositories there) {
    Trust trust = Trust.in(there.patches().inForce());
    SecretRepository secrets = there.secrets();
    return SecretRules.knownTo(
        node,
        secrets.secrets(
            secrets.index(trust).map(it -> it.secrets().keySet()).orElse(new TreeSet<>()), trust));
  }

  /** By name of a secret, the tests and channels that refer to it. */
  private static SortedMap<String, SortedSet<String>> users(Configuration inForce) {
    SortedMap<String, SortedSet<String>> users = new TreeMap<>();
    inForce
        .documents()
        .forEach((id, content) -> {
          if (id.startsWith(Ids.test("")) || id.startsWith(Ids.channel(""))) {
            SecretReferences.in(Contents.document(content))
                .forEach(it -> users.computeIfAbsent(it, _ -> new TreeSet<>()).add(id));
          }
        });
    return users;
  }

  private void print(
      List<SealedSecret> secrets,
      SortedMap<String, SortedSet<String>> users,
      List<Member> members) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonArray all = new JsonArray();
      secrets.forEach(it -> all.add(json(it, users.getOrDefault(it.name(), new TreeSet<>()))));
      out.println(all);
      return;
    }
    if (secrets.isEmpty()) {
      out.println("no secret is set; set one with: jiggety secret set NAME");
    } else {
      TextTable table = new TextTable("NAME", "SINCE", "BY", "CAN OPEN", "USED BY");
      secrets.forEach(it ->
          table.row(
              it.name(),
              it.since().truncatedTo(ChronoUnit.SECONDS).toString(),
              it.by(),
              orNobody(it.nodes()),
              orNobody(users.getOrDefault(it.name(), new TreeSet<>()))));
      table.lines().forEach(out::println);
    }
    secrets.forEach(it -> formerly(it, members).forEach(out::println));
    users.forEach((name, who) -> {
      if (secrets.stream().noneMatch(it -> it.name().equals(name))) {
        out.println(
            name
                + " is used by "
                + String.join(", ", who)
                + " and not set here: nodes need it as a file, or set it with: jiggety secret set "
                + name);
      }
    });
  }

  /** Who knew this content and does not get the next one. */
  private static List<String> formerly(SealedSecret secret, List<Member> members) {
    List<String> lines = new ArrayList<>();
    for (String node : secret.knew()) {
      Optional<Member> member = members.stream().filter(it -> it.name().equals(node)).findFirst();
      boolean isRevoked = member.filter(it -> it.standing() == Member.Standing.REVOKED).isPresent();
      lines.add(
          isRevoked
              ? "%s knew %s and is revoked: change it where it is used, then: jiggety secret set %s"
                  .formatted(node, secret.name(), secret.name())
              : "%s knew %s and does not need it any more".formatted(node, secret.name()));
    }
    return lines;
  }

  private static JsonObject json(SealedSecret secret, Collection<String> users) {
    JsonObject json = new JsonObject();
    json.addProperty("name", secret.name());
    json.addProperty("since", secret.since().toString());
    json.addProperty("by", secret.by());
    json.addProperty("version", secret.version());
    json.add("canOpen", array(secret.nodes()));
    json.add("knew", array(secret.knew()));
    json.add("usedBy", array(users));
    return json;
  }

  private static JsonArray array(Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static String orNobody(Collection<String> names) {
    return names.isEmpty() ? "-" : String.join(", ", names);
  }
}
