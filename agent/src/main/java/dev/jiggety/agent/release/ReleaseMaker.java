package dev.jiggety.agent.release;

import com.google.gson.JsonObject;
import dev.jiggety.document.ReleaseDocument;
import dev.jiggety.model.AgentRelease;
import dev.jiggety.model.rules.ReleaseRules;
import dev.jiggety.repository.ReleaseRepository;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes a release of bundles, and hands it to a hub. */
public final class ReleaseMaker {
  /** Small enough that a cut costs little, large enough that a hub is not asked too often. */
  public static final int PART = 1 << 20;

  private ReleaseMaker() {}

  /**
   * The signed document of a release.
   *
   * @param bundles one for each platform, all of one version
   * @param key of the role RELEASE
   * @throws IllegalArgumentException when they make no release; one line
   */
  public static JsonObject sign(List<Path> bundles, String comment, SigningKey key, Instant now)
      throws IOException {
    List<AgentRelease.Bundle> all = new ArrayList<>();
    Manifest first = null;
    for (Path file : bundles) {
      Manifest manifest = manifest(file);
      if (first != null
          && (!first.version().equals(manifest.version())
              || !first.data().equals(manifest.data()))) {
        throw new IllegalArgumentException(
            file
                + " is of "
                + manifest.version()
                + " and not of "
                + first.version()
                + "; sign bundles of one build together");
      }
      first = first == null ? manifest : first;
      all.add(bundle(file, manifest));
    }
    if (first == null) {
      throw new IllegalArgumentException("give at least one bundle");
    }
    AgentRelease release =
        new AgentRelease(first.version(), key.trusted().name(), now, comment, first.data(), all);
    var problems = ReleaseRules.problems(release);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.getFirst().toString());
    }
    return Signatures.sign(ReleaseDocument.TYPE.write(release), key);
  }

  /** The manifest of a bundle; an {@link IllegalArgumentException} of one line where it is none. */
  public static Manifest manifest(Path file) throws IOException {
    try {
      return BundleReader.manifest(file);
    } catch (UnfitReleaseException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static AgentRelease.Bundle bundle(Path file, Manifest manifest) throws IOException {
    List<AgentRelease.Part> parts = new ArrayList<>();
    MessageDigest whole = Hashes.sha256();
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
        whole.update(part);
        parts.add(new AgentRelease.Part(Hashes.of(part), part.length));
      }
    }
    return new AgentRelease.Bundle(
        manifest.platform(), Files.size(file), Hashes.hex(whole), manifest.unpacked(), parts);
  }

  /**
   * Hands a release to a hub: first what is lacking there of its bundles, then the release itself,
   * so that whoever sees it can have all of it. Again after a cut, it goes on where that was.
   *
   * @param bundles the files it was made of
   * @param progress hears of each part, a line for people
   * @throws IllegalArgumentException when a file is lacking, or not what was signed
   */
  public static void publish(
      JsonObject signed, List<Path> bundles, ReleaseRepository hub, Consumer<String> progress)
      throws IOException {
    AgentRelease release = ReleaseDocument.TYPE.read(signed);
    for (AgentRelease.Bundle bundle : release.bundles()) {
      Path file = find(bundle, bundles);
      int number = 0;
      try (InputStream in = Files.newInputStream(file)) {
        for (AgentRelease.Part part : bundle.parts()) {
          byte[] content = in.readNBytes(part.size());
          if (!Hashes.of(content).equals(part.sha256())) {
            throw new IllegalArgumentException(file + " changed meanwhile; sign it once more");
          }
          number++;
          if (!hub.hasPart(part.sha256())) {
            hub.putPart(part.sha256(), content);
            progress.accept(
                "%s: part %d of %d".formatted(bundle.platform(), number, bundle.parts().size()));
          }
        }
      }
    }
    hub.publish(signed);
  }

  private static Path find(AgentRelease.Bundle bundle, List<Path> files) throws IOException {
    for (Path file : files) {
      if (Files.size(file) == bundle.size() && Hashes.of(file).equals(bundle.sha256())) {
        return file;
      }
    }
    throw new IllegalArgumentException(
        "the bundle for " + bundle.platform() + " is lacking, or is not the one that was signed");
  }
}
