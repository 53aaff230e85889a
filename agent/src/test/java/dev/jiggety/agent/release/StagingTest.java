package dev.jiggety.agent.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.document.ReleaseDocument;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
  private static final StartCheck.Limits LIMITS =
      new StartCheck.Limits(Duration.ofSeconds(10), 200L << 20);

  @TempDir Path folder;
  private Path data;
  private final SigningKey rita = SigningKey.generate("rita", TrustedKey.Role.RELEASE);
  private final Trust trust = Trust.of(List.of(rita.trusted()));
  private final Shelf hub = new Shelf();

  /** The machine stops here. */
  private static final class CutError extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void node() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    try (Databases databases =
        Databases.open(data.resolve("databases"), Databases.Options.defaults())) {
      databases.findOrCreate("jiggety-config");
    }
    DataSchema.enter(data);
  }

  @Test
  void aGoodOneComesIntoTheFreeSlotWholeAndTried() throws Exception {
    AgentChoice choice = publish("2", Images.good(folder.resolve("image"), "2"));
    bring(choice, "a", Steps.NONE);
    assertThat(slots().find(choice.digest())).contains("b");
    assertThat(data.resolve("releases/b/bin/jiggety")).isExecutable();
    assertThat(data.resolve("releases"))
        .isDirectoryNotContaining("glob:**/{trial,unpacked,download}");
    assertThat(slots().next()).isEqualTo("installed");
  }

  @Test
  void aCutAtAnyStepCostsNothingAndTheNextAttemptGoesOn() throws Exception {
    AgentChoice choice = publish("2", Images.good(folder.resolve("image"), "2"));
    List<String> steps = new ArrayList<>();
    bring(choice, "a", steps::add);
    assertThat(steps).hasSizeGreaterThan(9);
    for (int cut = 0; cut < steps.size(); cut++) {
      Durable.remove(data.resolve("releases"));
      int[] left = {cut};
      hub.served = 0;
      assertThatThrownBy(() ->
              bring(
                  choice,
                  "a",
                  _ -> {
                    if (left[0]-- == 0) {
                      throw new CutError();
                    }
                  }))
          .isInstanceOf(CutError.class);
      assertThat(slots().next()).isEqualTo("installed");
      bring(choice, "a", Steps.NONE);
      assertThat(slots().find(choice.digest())).as("cut at " + steps.get(cut)).contains("b");
      assertThat(hub.served)
          .as("parts fetched, cut at " + steps.get(cut))
          .isLessThanOrEqualTo(hub.parts.size());
    }
  }

  @Test
  void whatWasFetchedBeforeACutIsNotFetchedAgain() throws Exception {
    AgentChoice choice = publish("2", Images.good(folder.resolve("image"), "2"));
    hub.cutAfter = 2;
    assertThatThrownBy(() -> bring(choice, "a", Steps.NONE)).isInstanceOf(IOException.class);
    hub.cutAfter = Integer.MAX_VALUE;
    bring(choice, "a", Steps.NONE);
    assertThat(hub.served).isEqualTo(hub.parts.size());
  }

  @Test
  void aPartThatIsNotWhatWasSignedIsRefused() throws Exception {
    AgentChoice choice = publish("2", Images.good(folder.resolve("image"), "2"));
    hub.parts.replaceAll((_, content) -> {
      byte[] other = content.clone();
      other[other.length / 2] ^= 1;
      return other;
    });
    refused(choice, trust, "not what was signed");
  }

  @Test
  void aReleaseSignedByAStrangerOrWithAnotherRoleIsRefused() throws Exception {
    AgentChoice choice = publish("2", Images.good(folder.resolve("image"), "2"));
    refused(choice, Trust.NONE, "nobody here trusts");
    TrustedKey key = rita.trusted();
    refused(
        choice,
        Trust.of(
            List.of(new TrustedKey(key.id(), key.name(), TrustedKey.Role.OPERATOR, key.key()))),
        "not as release");
  }

  @Test
  void whatWasChangedAfterItWasSignedIsRefused() throws Exception {
    publish("2", Images.good(folder.resolve("image"), "2"));
    JsonObject changed = hub.releases.get("release:2").deepCopy();
    changed.addProperty("comment", "harmless");
    hub.publish(changed);
    refused(new AgentChoice("2", ReleaseDocument.digest(changed)), trust, "is not what rita");
  }

  @Test
  void anotherReleaseOfTheSameVersionIsNotTheOneThatIsWanted() throws Exception {
    AgentChoice first = publish("2", Images.good(folder.resolve("image"), "2"));
    publish("2", Images.of(folder.resolve("other"), "echo '{\"version\":\"2\"}' # other"));
    refused(first, trust, "another release of that version");
  }

  @Test
  void oneThatNeedsNewerDataThanThereAreIsRefused() throws Exception {
    JsonObject document = sign(Images.good(folder.resolve("image"), "2"), "2").deepCopy();
    JsonObject schemas = document.getAsJsonObject("data");
    schemas.addProperty("schema", 3);
    schemas.addProperty("reads", 2);
    JsonObject signed = Signatures.sign(document, rita);
    hub.publish(signed);
    refused(
        new AgentChoice("2", ReleaseDocument.digest(signed)),
        trust,
        "it reads data from schema 2 on");
  }

  @Test
  void oneThatCrashesIsRefusedWithItsLastWords() throws Exception {
    AgentChoice choice = publish("2", Images.of(folder.resolve("image"), "echo no luck; exit 7"));
    refused(choice, trust, "does not start (exit code 7): no luck");
  }

  @Test
  void oneThatHangsIsEndedWithItsChildren() throws Exception {
    AgentChoice choice = publish("2", Images.of(folder.resolve("image"), "sleep 1234 & wait"));
    folder = folder.toRealPath();
    assertThatThrownBy(() ->
            staging(new StartCheck.Limits(Duration.ofSeconds(1), 200L << 20), Steps.NONE)
                .bring(choice, trust, "a"))
        .isInstanceOf(UnfitReleaseException.class)
        .hasMessageContaining("does not start within 1 s");
    org.awaitility.Awaitility.await()
        .until(() ->
            ProcessHandle.current()
                .descendants()
                .noneMatch(it -> it.info().commandLine().orElse("").contains("sleep 1234")));
  }

  @Test
  void oneThatEatsMemoryIsEnded() throws Exception {
    AgentChoice choice =
        publish(
            "2",
            Images.of(folder.resolve("image"), "head -c 600M /dev/zero | tail -c 500M | sleep 60"));
    refused(choice, trust, "takes more than 200 MB of memory");
  }

  @Test
  void oneThatIsAnotherVersionThanItSaysIsRefused() throws Exception {
    AgentChoice choice = publish("2", Images.good(folder.resolve("image"), "3"));
    refused(choice, trust, "the release is 2, its program 3");
  }

  @Test
  void publishingGoesOnWhereItWasCutAndTheReleaseComesLast() throws Exception {
    Path image = Images.good(folder.resolve("image"), "2");
    hub.cutAfter = 1;
    assertThatThrownBy(() -> publish("2", image)).hasMessageContaining("away");
    assertThat(hub.releases).isEmpty();
    hub.cutAfter = Integer.MAX_VALUE;
    AgentChoice choice = publish("2", image);
    bring(choice, "installed", Steps.NONE);
    assertThat(slots().find(choice.digest())).contains("a");
  }

  private void refused(AgentChoice choice, Trust believed, String why) throws IOException {
    assertThatThrownBy(() -> staging(LIMITS, Steps.NONE).bring(choice, believed, "a"))
        .isInstanceOf(UnfitReleaseException.class)
        .hasMessageContaining(why);
    assertThat(slots().find(choice.digest())).isEmpty();
    assertThat(slots().next()).isEqualTo("installed");
  }

  private void bring(AgentChoice choice, String running, Steps steps) throws Exception {
    staging(LIMITS, steps).bring(choice, trust, running);
  }

  private Staging staging(StartCheck.Limits limits, Steps steps) {
    return new Staging(data, slots(), hub, limits, steps);
  }

  private ReleaseFolder slots() {
    return new ReleaseFolder(data);
  }

  private AgentChoice publish(String version, Path image) throws IOException {
    JsonObject signed = sign(image, version);
    ReleaseMaker.publish(signed, List.of(bundle(version)), hub, _ -> {});
    return new AgentChoice(version, ReleaseDocument.digest(signed));
  }

  private JsonObject sign(Path image, String version) throws IOException {
    BundleWriter.write(image, version, Platform.here(), DataSchema.OWN, bundle(version));
    return ReleaseMaker.sign(List.of(bundle(version)), "", rita, Instant.EPOCH);
  }

  private Path bundle(String version) {
    return folder.resolve(version + ".bundle");
  }
}
