package dev.jiggety.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A release of the agent as it is published. Any value can be built; {@code
 * model.rules.ReleaseRules} says what is wrong with it.
 *
 * @param version digits, lower-case letters, dots, hyphens and plus signs; never used twice
 * @param by the name in the key that signs it
 * @param created when it was signed, by the signer's clock
 * @param comment what is new, for people
 * @param data what it does with the data of a node
 * @param bundles one for each platform
 */
public record AgentRelease(
    String version, String by, Instant created, String comment, Data data, List<Bundle> bundles) {
  public AgentRelease {
    bundles = List.copyOf(bundles);
  }

  /** The bundle for a platform. */
  public Optional<Bundle> bundle(String platform) {
    return bundles.stream().filter(bundle -> bundle.platform().equals(platform)).findFirst();
  }

  /**
   * Schemas of the data that a node keeps on its disk. What one version adds older ones leave
   * alone, so that they still start after a fall-back.
   *
   * @param schema what this version makes of it, from 1
   * @param reads the lowest one that it can begin with
   * @param leaves the lowest one whose programs can go on with what it leaves
   */
  public record Data(int schema, int reads, int leaves) {}

  /**
   * The program for one platform, as one file that travels in parts.
   *
   * @param platform like {@code linux-x64}
   * @param size of the file, in bytes
   * @param sha256 of the file
   * @param unpacked all files in it together, in bytes
   * @param parts in their order; together they are the file
   */
  public record Bundle(String platform, long size, String sha256, long unpacked, List<Part> parts) {
    public Bundle {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A piece of a bundle: an attachment of the document {@code part:<sha256>}.
   *
   * @param sha256 64 hexadecimal digits
   * @param size in bytes
   */
  public record Part(String sha256, int size) {}
}
