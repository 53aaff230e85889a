package dev.jiggety.agent.cli;

import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.signing.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A node as its identity says, but for what options say otherwise: those count, as somebody has
 * written them on purpose, and each that contradicts is said in a line. Its name alone is not to be
 * contradicted: its account is of that name, and its results are its own. Its account is another
 * one by {@code --credentials} alone, not by the environment.
 */
final class EnrolledNode {
  private final NodeIdentity identity;
  private final Path data;
  private final List<String> contradictions = new ArrayList<>();

  EnrolledNode(NodeIdentity identity, Path data) {
    this.identity = identity;
    this.data = data;
  }

  /**
   * What options say.
   *
   * @param spec of the command, which knows what was given
   * @param trust null where nothing is said of it
   */
  record Given(
      CommandSpec spec,
      HubOption hub,
      @Nullable String name,
      List<String> tags,
      @Nullable Trust trust) {

    boolean says(String option, String variable) {
      String known = variable.isEmpty() ? null : System.getenv(variable);
      return spec.commandLine().getParseResult().hasMatchedOption(option)
          || (known != null && !known.isBlank());
    }
  }

  /**
   * How it is to run.
   *
   * @throws CliException when options name another node
   */
  NodeConfig config(Given given) {
    String name = given.name();
    if (name != null && !name.equals(identity.name())) {
      throw new CliException(
          ExitCode.USAGE,
          "%s is the identity of the node %s, not of %s; leave --name out, or give another --data"
              .formatted(data.resolve(NodeIdentity.FOLDER), identity.name(), name));
    }
    List<HubAddress> hubs = hubs(given);
    DatabaseNames names =
        given.says("--prefix", "")
            ? chosen("--prefix", given.hub().names(), identity.names(), DatabaseNames::prefix)
            : identity.names();
    TreeSet<String> tags = new TreeSet<>(identity.tags());
    if (!given.tags().isEmpty()) {
      tags = chosen("--tags", new TreeSet<>(given.tags()), tags, it -> String.join(",", it));
    }
    Trust known = Trust.of(identity.trust());
    Trust said = given.trust();
    Trust trust =
        said == null
            ? known
            : chosen("--trust", said, known, it -> String.join(",", it.keys().keySet()));
    return NodeConfig.of(identity.name(), hubs, data)
        .withHubOptions(options(given))
        .withTags(tags)
        .withNames(names)
        .withTrust(trust)
        .withSealing(identity.sealing());
  }

  /** What is said otherwise than the identity says, a line each. */
  List<String> contradictions() {
    return List.copyOf(contradictions);
  }

  private List<HubAddress> hubs(Given given) {
    // What the environment says is the account of the person at this terminal, not the node's.
    boolean hasAccount = given.says("--credentials", "");
    Optional<Credentials> account = Optional.of(identity.account());
    List<HubAddress> said = given.hub().addresses();
    if (hasAccount) {
      Optional<Credentials> other = said.getFirst().credentials();
      account =
          chosen("--credentials", other, account, it -> it.map(Credentials::user).orElse("nobody"));
    }
    List<HubAddress> known = as(identity.addresses(), account);
    return given.says("--hub", "JIGGETY_HUB")
        ? chosen("--hub", as(said, account), known, EnrolledNode::inWords)
        : known;
  }

  private static List<HubAddress> as(List<HubAddress> hubs, Optional<Credentials> account) {
    return hubs.stream().map(hub -> new HubAddress(hub.base(), account)).toList();
  }

  private static String inWords(List<HubAddress> hubs) {
    return String.join(",", hubs.stream().map(HubAddress::toString).toList());
  }

  private HubOptions options(Given given) {
    HubOptions said = given.hub().options();
    if (identity.authority().isEmpty()) {
      return said;
    }
    Path own = NodeIdentity.authorityFile(data);
    if (said.trust().equals(TlsTrust.PLATFORM)) {
      return said.withTrust(TlsTrust.only(own));
    }
    return chosen("--ca", said, said.withTrust(TlsTrust.only(own)), it -> it.trust().toString());
  }

  private <T> T chosen(String option, T said, T known, Function<T, String> words) {
    if (!said.equals(known)) {
      contradictions.add(
          "%s %s counts, though this node was enrolled with %s"
              .formatted(option, words.apply(said), words.apply(known)));
    }
    return said;
  }
}
