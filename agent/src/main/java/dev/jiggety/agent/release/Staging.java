package dev.jiggety.agent.release;

import com.google.gson.JsonObject;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.ReleaseDocument;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.AgentRelease;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.ReleaseRules;
import dev.jiggety.repository.ReleaseRepository;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Brings a release into the free slot: fetched, proved, unpacked and tried. A kill at any point
 * leaves what runs as it was; the next attempt begins where that is possible, else anew.
 */
final class Staging {
  /** Stays free on the disk for what the node itself writes. */
  private static final long RESERVE = 64L << 20;

  private static final String DOWNLOAD = "download";
  private static final String TRIAL = "trial";

  private final Path data;
  private final ReleaseFolder folder;
  private final Download download;
  private final ReleaseRepository hub;
  private final StartCheck check;
  private final Steps steps;

  Staging(
      Path data,
      ReleaseFolder folder,
      ReleaseRepository hub,
      StartCheck.Limits limits,
      Steps steps) {
    this.data = data;
    this.folder = folder;
    this.hub = hub;
    this.steps = steps;
    this.download = new Download(hub, steps);
    this.check = new StartCheck(limits);
  }

  /**
   * Brings it there, unless it is.
   *
   * @param running the slot that must not be touched
   * @throws UnfitReleaseException when it must not run here
   * @throws IOException when that cannot be said now; again later is right
   * @throws dev.jiggety.repository.HubException like that
   */
  void bring(AgentChoice choice, Trust trust, String running)
      throws IOException, InterruptedException, UnfitReleaseException {
    JsonObject document = hub.find(choice.version()).orElse(null);
    if (document == null) {
      throw new IOException("the hub has no release " + choice.version());
    }
    AgentRelease release = proved(document, choice, trust);
    if (folder.find(choice.digest()).isPresent()) {
      return;
    }
    AgentRelease.Bundle bundle =
        release
            .bundle(Platform.here())
            .orElseThrow(
                () -> new UnfitReleaseException("it has no bundle for " + Platform.here()));
    folder.make();
    Path file = folder.path().resolve(DOWNLOAD);
    String slot = folder.free(running);
    room(bundle, file);
    download.fetch(bundle, file);
    steps.at("bundle whole");
    Path target = folder.slot(slot);
    Durable.remove(target);
    steps.at("slot free");
    Path draft = folder.path().resolve("unpacked");
    Durable.remove(draft);
    BundleReader.unpack(file, choice.version(), bundle, draft);
    steps.at("unpacked");
    folder.within(draft, tryStart(draft, choice.version()));
    steps.at("tried");
    Files.move(draft, target);
    Durable.forceFolder(folder.path());
    steps.at("in its slot");
    folder.complete(slot, choice.digest());
    steps.at("complete");
    Files.deleteIfExists(file);
  }

  private AgentRelease proved(JsonObject document, AgentChoice choice, Trust trust)
      throws UnfitReleaseException, IOException {
    try {
      Signatures.check(document, trust, TrustedKey.Role.RELEASE);
      if (!ReleaseDocument.digest(document).equals(choice.digest())) {
        throw new UnfitReleaseException("the hub has another release of that version");
      }
      AgentRelease release = ReleaseDocument.TYPE.read(document);
      var problems = ReleaseRules.problems(release);
      if (!problems.isEmpty()) {
        throw new UnfitReleaseException(problems.getFirst().toString());
      }
      var unfit =
          ReleaseRules.unfit(
              release.data(), DataSchema.read(data).schema(), DataSchema.OWN.schema());
      if (unfit.isPresent()) {
        throw new UnfitReleaseException(unfit.get());
      }
      return release;
    } catch (SignatureException | DocumentException e) {
      throw new UnfitReleaseException(String.valueOf(e.getMessage()));
    }
  }

  private void room(AgentRelease.Bundle bundle, Path file)
      throws IOException, UnfitReleaseException {
    long needed =
        Download.lacking(bundle, file) + bundle.unpacked() + DataCopy.size(data) + RESERVE;
    long free = Files.getFileStore(folder.path()).getUsableSpace();
    if (free < needed) {
      throw new UnfitReleaseException(
          "there is no room for it: %d MB are needed and %d free; make room in %s"
              .formatted(needed >> 20, free >> 20, data));
    }
  }

  private Duration tryStart(Path program, String version)
      throws IOException, InterruptedException, UnfitReleaseException {
    Path trial = folder.path().resolve(TRIAL);
    Durable.remove(trial);
    try {
      DataCopy.copy(data, trial);
      steps.at("data copied");
      return check.run(program, trial, version);
    } finally {
      Durable.remove(trial);
    }
  }
}
