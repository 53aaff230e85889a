package dev.jiggety.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.SecretFiles;
import dev.jiggety.agent.probe.SecretMissingException;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.document.SecretsDocument;
import dev.jiggety.model.Deposit;
import dev.jiggety.model.Member;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.Sealer;
import dev.jiggety.model.SecretIndex;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.repository.SecretRepository;
import dev.jiggety.signing.Envelopes;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node makes of what the hub shows. */
class NodeSecretsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final SigningKey M1 = SigningKey.generate("m1", Role.MANAGER);
  private static final SealingKey NORTH = SealingKey.generate();
  private static final SealingKey SOUTH = SealingKey.generate();

  private final NavigableMap<String, SealedSecret> hub = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private Trust trust = Trust.of(List.of(M1.trusted()));
  @TempDir private Path folder;

  @Test
  void whatIsSealedToItIsThereOnceItsTestsAskForIt() throws Exception {
    NodeSecrets secrets = node();
    seal("shop", 1, 1, "tea for two", NORTH);
    seal("other", 1, 1, "nobody's business", NORTH);
    show(secrets, 1, M1);
    assertThatThrownBy(() -> secrets.get("shop"))
        .isInstanceOf(SecretMissingException.class)
        .hasMessageContaining("on its way");
    assertThat(secrets.isComing()).isTrue();
    assertThat(secrets.fetch()).isTrue();
    assertThat(secrets.get("shop").reveal()).isEqualTo("tea for two");
    assertThat(secrets.isComing()).isFalse();
    assertThat(asked).containsExactly("shop");
  }

  @Test
  void whatIsNotSealedToItIsSaidSoAndNotAskedForAgainAndAgain() throws Exception {
    NodeSecrets secrets = node();
    seal("shop", 1, 1, "tea for two", SOUTH);
    show(secrets, 1, M1);
    secrets.want(List.of("shop"));
    secrets.fetch();
    secrets.fetch();
    assertThat(asked).containsExactly("shop");
    assertThatThrownBy(() -> secrets.get("shop"))
        .hasMessageContainingAll("shop", "not sealed to this node", "secret list");
    seal("shop", 2, 1, "tea for two", NORTH);
    show(secrets, 2, M1);
    secrets.fetch();
    assertThat(secrets.get("shop").reveal()).isEqualTo("tea for two");
  }

  @Test
  void aNewContentTakesThePlaceOfTheOldOneAndAWiderCircleWakesNobody() throws Exception {
    NodeSecrets secrets = node();
    secrets.want(List.of("shop"));
    seal("shop", 1, 1, "tea for two", NORTH);
    show(secrets, 1, M1);
    secrets.fetch();
    seal("shop", 2, 1, "tea for two", NORTH);
    show(secrets, 2, M1);
    secrets.fetch();
    assertThat(asked).hasSize(1);
    seal("shop", 3, 3, "coffee for one", NORTH);
    show(secrets, 3, M1);
    secrets.fetch();
    assertThat(secrets.get("shop").reveal()).isEqualTo("coffee for one");
  }

  @Test
  void whoLosesTheRightOrTheSecretItselfForgetsIt() throws Exception {
    NodeSecrets secrets = node();
    secrets.want(List.of("shop", "gone"));
    seal("shop", 1, 1, "tea for two", NORTH);
    seal("gone", 1, 1, "milk for all", NORTH);
    show(secrets, 1, M1);
    secrets.fetch();
    hub.remove("gone");
    seal("shop", 2, 2, "tea for two", SOUTH);
    show(secrets, 2, M1);
    secrets.fetch();
    assertThatThrownBy(() -> secrets.get("gone")).isInstanceOf(SecretMissingException.class);
    assertThatThrownBy(() -> secrets.get("shop")).isInstanceOf(SecretMissingException.class);
  }

  @Test
  void anOlderStateIsNotBelievedEvenAfterAStart() throws Exception {
    NodeSecrets secrets = node();
    secrets.want(List.of("shop"));
    seal("shop", 5, 5, "coffee for one", NORTH);
    show(secrets, 5, M1);
    secrets.fetch();
    secrets.close();
    NodeSecrets again = node();
    assertThat(again.get("shop").reveal()).isEqualTo("coffee for one");
    seal("shop", 4, 4, "tea for two", NORTH);
    show(again, 4, M1);
    again.fetch();
    assertThat(again.get("shop").reveal()).isEqualTo("coffee for one");
    assertThat(again.notices()).singleElement().asString().contains("older");
  }

  @Test
  void nobodyIsBelievedButAManagerThatTheNodeTrusts() throws Exception {
    NodeSecrets secrets = node();
    secrets.want(List.of("shop"));
    seal("shop", 1, 1, "tea for two", NORTH);
    SigningKey later = SigningKey.generate("m2", Role.MANAGER);
    secrets.shown(index(1, later));
    assertThat(secrets.look()).as("it may become believable").isFalse();
    assertThat(secrets.notices()).singleElement().asString().contains("nobody here trusts");
    secrets.fetch();
    assertThat(asked).isEmpty();
    trust = Trust.of(List.of(later.trusted()));
    assertThat(secrets.look()).isTrue();
    secrets.fetch();
    assertThat(secrets.get("shop").reveal()).isEqualTo("tea for two");
    assertThat(secrets.notices()).isEmpty();
  }

  @Test
  void filesAreAskedForWhatIsNotSealed() throws Exception {
    PrivateFiles.replace(folder.resolve("secrets/shop"), "from a file\n");
    NodeSecrets secrets = node();
    assertThat(secrets.get("shop").reveal()).isEqualTo("from a file");
    seal("shop", 1, 1, "tea for two", NORTH);
    show(secrets, 1, M1);
    secrets.fetch();
    assertThat(secrets.get("shop").reveal()).isEqualTo("tea for two");
    assertThatThrownBy(() -> secrets.get("none"))
        .hasMessageContainingAll("none", "secrets/none", "jiggety secret set none");
  }

  @Test
  void whatIsKeptIsSealedForThisNodeAloneAndADamagedFileIsNoTrouble() throws Exception {
    NodeSecrets secrets = node();
    secrets.want(List.of("shop"));
    seal("shop", 1, 1, "tea for two", NORTH, SOUTH);
    show(secrets, 1, M1);
    secrets.fetch();
    Path file = folder.resolve("sealed.json");
    assertThat(Files.readString(file)).doesNotContain("tea for two", "node:1").contains("node:0");
    Files.writeString(file, "{half");
    NodeSecrets again = node();
    again.want(List.of("shop"));
    show(again, 1, M1);
    again.fetch();
    assertThat(again.get("shop").reveal()).isEqualTo("tea for two");
  }

  private NodeSecrets node() {
    return new NodeSecrets(
        "0",
        NORTH,
        folder.resolve("sealed.json"),
        new Hub(),
        () -> trust,
        () -> Duration.ZERO,
        new SecretFiles(folder.resolve("secrets")));
  }

  /** Sealed to nodes {@code 0}, {@code 1} and so on, where the first key is the node's. */
  private void seal(String name, long version, long content, String text, SealingKey... keys) {
    TreeMap<String, String> recipients = new TreeMap<>();
    for (int i = 0; i < keys.length; i++) {
      String who = keys[i] == NORTH ? "0" : String.valueOf(i + 1);
      recipients.put(SealedSecret.node(who), keys[i].open());
    }
    hub.put(
        name,
        new SealedSecret(
            name,
            version,
            content,
            NOON,
            "ada",
            "d",
            NOON,
            Envelopes.seal(
                text.getBytes(StandardCharsets.UTF_8), recipients, SealedSecret.purpose(name)),
            new TreeSet<>()));
  }

  private void show(NodeSecrets secrets, long version, SigningKey key) {
    secrets.shown(index(version, key));
    assertThat(secrets.look()).isTrue();
  }

  private JsonObject index(long version, SigningKey key) {
    TreeMap<String, SecretIndex.Entry> entries = new TreeMap<>();
    hub.forEach((name, it) -> entries.put(name, new SecretIndex.Entry(it.version(), it.content())));
    return Signatures.sign(
        SecretsDocument.TYPE.write(new SecretIndex(version, entries, new TreeMap<>())), key);
  }

  private final class Hub implements SecretRepository {
    @Override
    public List<SealedSecret> secrets(Collection<String> names, Trust trusted) {
      asked.addAll(names);
      return names.stream().filter(hub::containsKey).map(hub::get).toList();
    }

    @Override
    public List<Sealer> sealers(Trust trusted) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void order(Deposit deposit, SigningKey key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SecretIndex> index(Trust trusted) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Member> members(Trust trusted) {
      throw new UnsupportedOperationException();
    }
  }
}
