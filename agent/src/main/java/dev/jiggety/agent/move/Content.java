package dev.jiggety.agent.move;

import com.google.gson.JsonElement;
import dev.jiggety.agent.replication.ChangesPage;
import dev.jiggety.agent.replication.ChangesRequest;
import dev.jiggety.agent.replication.Checkpoint;
import dev.jiggety.agent.replication.Peer;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.ChangesFilter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * What a database holds, in two figures that are the same on every server which holds the same.
 *
 * @param documents how many, deleted ones included
 * @param digest of all ids with all their leaves: a sum of hashes, so in any order
 */
record Content(long documents, BigInteger digest) {
  private static final int PAGE = 5_000;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  /**
   * Whether a document goes to the new hub as it is. Rules and indexes go by another way, after the
   * rest, and what a hub says of itself is of that hub.
   */
  static boolean moves(String id) {
    return !id.startsWith("_design/") && !id.startsWith("hub:");
  }

  /** Reads all ids and revisions; what is written meanwhile may be in it or not. */
  static Content of(Peer peer) {
    MessageDigest sha = sha256();
    long documents = 0;
    BigInteger digest = BigInteger.ZERO;
    JsonElement since = Checkpoint.START;
    while (true) {
      ChangesPage page =
          peer.changes(new ChangesRequest(since, PAGE, Duration.ZERO, ChangesFilter.NONE));
      for (ChangesPage.Row row : page.rows()) {
        if (moves(row.id())) {
          documents++;
          digest = digest.add(new BigInteger(1, sha.digest(bytes(row)))).mod(MODULUS);
        }
      }
      // Clustered servers may give less than was asked for; the end is where nothing comes.
      if (page.rows().isEmpty()) {
        return new Content(documents, digest);
      }
      since = page.lastSeq();
    }
  }

  private static byte[] bytes(ChangesPage.Row row) {
    return (row.id()
            + "\0"
            + row.leaves().stream()
                .map(Revision::toString)
                .sorted()
                .collect(Collectors.joining(",")))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
