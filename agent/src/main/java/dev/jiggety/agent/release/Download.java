package dev.jiggety.agent.release;

import dev.jiggety.model.AgentRelease;
import dev.jiggety.repository.ReleaseRepository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * Fetches a bundle part by part into one file. What a cut leaves is looked at, and kept as far as
 * it is right; so it is after a kill, and no byte of a part is believed before its hash.
 */
final class Download {
  private final ReleaseRepository hub;
  private final Steps steps;

  Download(ReleaseRepository hub, Steps steps) {
    this.hub = hub;
    this.steps = steps;
  }

  /**
   * Fetches what is lacking, and proves the whole.
   *
   * @throws UnfitReleaseException when the hub has something else than what was signed
   * @throws IOException when a part did not come; again later is right
   */
  void fetch(AgentRelease.Bundle bundle, Path file) throws IOException, UnfitReleaseException {
    try (FileChannel to =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      MessageDigest whole = Hashes.sha256();
      long at = 0;
      boolean isFetching = false;
      for (AgentRelease.Part part : bundle.parts()) {
        byte[] content = isFetching ? null : kept(to, at, part);
        if (content == null) {
          isFetching = true;
          content = hub.part(part.sha256(), part.size());
          if (content.length < part.size()) {
            throw new IOException("the part " + part.sha256() + " ended early");
          }
          if (!Hashes.of(content).equals(part.sha256())) {
            throw new UnfitReleaseException(
                "a part of the bundle is not what was signed: " + part.sha256());
          }
          to.truncate(at);
          write(to, at, content);
          steps.at("part fetched");
        }
        whole.update(content);
        at += part.size();
      }
      to.truncate(at);
      to.force(true);
      if (!Hashes.hex(whole).equals(bundle.sha256())) {
        throw new UnfitReleaseException("the bundle is not what was signed");
      }
    }
  }

  /** What is there of an earlier attempt, if it is right. */
  private static byte @org.jspecify.annotations.Nullable [] kept(
      FileChannel file, long at, AgentRelease.Part part) throws IOException {
    if (file.size() < at + part.size()) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(part.size());
    while (buffer.hasRemaining() && file.read(buffer, at + buffer.position()) >= 0) {}
    byte[] content = buffer.array();
    return Hashes.of(content).equals(part.sha256()) ? content : null;
  }

  private static void write(FileChannel to, long at, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    while (bytes.hasRemaining()) {
      to.write(bytes, at + bytes.position());
    }
  }

  /** How much of a file is still to come, in bytes; for the disk. */
  static long lacking(AgentRelease.Bundle bundle, Path file) throws IOException {
    return Math.max(0, bundle.size() - (Files.exists(file) ? Files.size(file) : 0));
  }
}
