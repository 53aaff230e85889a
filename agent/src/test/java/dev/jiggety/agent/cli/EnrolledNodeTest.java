package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.agent.identity.NodeIdentity;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A node that was enrolled, and options that say otherwise. */
class EnrolledNodeTest {
  private static final SigningKey M1 = SigningKey.generate("m1", TrustedKey.Role.MANAGER);
  private static final SigningKey M2 = SigningKey.generate("m2", TrustedKey.Role.MANAGER);
  private static final Credentials ACCOUNT = Credentials.of("paris", "a-secret-of-paris");

  @TempDir private Path data;

  /** The options of a node that matter here. */
  @Command
  @SuppressWarnings("NullAway.Init") // picocli fills the fields
  private static final class Options {
    @Spec CommandSpec spec;
    @Mixin HubOption hub;

    @Option(names = "--tags", split = ",")
    List<String> tags = List.of();
  }

  private EnrolledNode enrolled(String authority) {
    return new EnrolledNode(
        new NodeIdentity(
            "paris",
            new TreeSet<>(List.of("eu")),
            List.of("https://hub.example:6984"),
            DatabaseNames.DEFAULT,
            ACCOUNT,
            List.of(M1.trusted()),
            SealingKey.generate(),
            authority),
        data);
  }

  private static EnrolledNode.Given given(
      @Nullable String name, @Nullable Trust trust, String... arguments) {
    Options options = new Options();
    new CommandLine(options).parseArgs(arguments);
    return new EnrolledNode.Given(options.spec, options.hub, name, options.tags, trust);
  }

  @Test
  void withoutOptionsItIsWhatItWasEnrolledAs() {
    EnrolledNode enrolled = enrolled("the authority");
    NodeConfig config = enrolled.config(given(null, null));
    assertThat(config.name()).isEqualTo("paris");
    assertThat(config.tags()).containsExactly("eu");
    assertThat(config.hubs())
        .containsExactly(HubAddress.parse("https://hub.example:6984", Optional.of(ACCOUNT)));
    assertThat(config.trust()).isEqualTo(Trust.of(List.of(M1.trusted())));
    assertThat(config.hubOptions().trust())
        .as("the authority of the enrolment and no other")
        .isEqualTo(TlsTrust.only(NodeIdentity.authorityFile(data)));
    assertThat(enrolled.contradictions()).isEmpty();
  }

  @Test
  void itIsNoOtherNode() {
    assertThatThrownBy(() -> enrolled("").config(given("oslo", null)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("is the identity of the node paris, not of oslo");
  }

  @Test
  void whatIsSaidOtherwiseCountsAndIsToldWithoutThePassword() {
    EnrolledNode enrolled = enrolled("the authority");
    NodeConfig config =
        enrolled.config(
            given(
                "paris",
                Trust.of(List.of(M2.trusted())),
                "--hub",
                "https://other.example:6984",
                "--ca",
                "other.pem",
                "--tags",
                "us"));
    assertThat(config.hubs().getFirst().base().getHost()).isEqualTo("other.example");
    assertThat(config.hubs().getFirst().credentials()).contains(ACCOUNT);
    assertThat(config.hubOptions().trust()).isEqualTo(TlsTrust.only(Path.of("other.pem")));
    assertThat(config.tags()).containsExactly("us");
    assertThat(enrolled.contradictions())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).contains("counts, though this node was enrolled with"))
        .noneSatisfy(line -> assertThat(line).contains(ACCOUNT.password().reveal()));
  }
}
