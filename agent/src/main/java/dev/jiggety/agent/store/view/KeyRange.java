package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import dev.jiggety.agent.store.collation.Collation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of rows in a tree, and parts of it between two of them. A row's key is the collation key
 * of what was emitted, the document's id in UTF-8, a zero (which no id has), and which of the
 * document's rows it is: so rows with equal keys are in the order of their ids, as CouchDB has
 * them, and those of one document in the order in which they were emitted.
 */
final class KeyRange {
  private static final int AFTER_ALL_IDS = 0xff; // no byte of UTF-8
  private static final int AFTER_ID = 1;

  private final byte @Nullable [] from;
  private final byte @Nullable [] to;

  private KeyRange(byte @Nullable [] from, byte @Nullable [] to) {
    this.from = from;
    this.to = to;
  }

  /** The first key; null = from the beginning. */
  byte @Nullable [] from() {
    return from;
  }

  /** Behind the last key; null = to the end. */
  byte @Nullable [] to() {
    return to;
  }

  /** Whether no key can be in it. */
  boolean isEmpty() {
    return from != null && to != null && Arrays.compareUnsigned(from, to) >= 0;
  }

  /** The part of a view that a query asks for. */
  static KeyRange of(ViewQuery query) {
    var prefix = query.prefix();
    var start = edge(query.startKey(), query.startDocId(), query.descending());
    var end = edge(query.endKey(), query.endDocId(), query.inclusiveEnd() != query.descending());
    if (prefix.length > 0) {
      start = start == null ? outside(prefix, query.descending()) : concat(prefix, start);
      end = end == null ? outside(prefix, !query.descending()) : concat(prefix, end);
    }
    return query.descending() ? new KeyRange(end, start) : new KeyRange(start, end);
  }

  /** Where the rows with this key (and of this document, if one is named) begin, or have ended. */
  private static byte @Nullable [] edge(
      @Nullable JsonElement key, @Nullable String id, boolean behind) {
    if (key == null) {
      return null;
    }
    var bytes = Collation.key(key);
    if (id == null) {
      return behind ? append(bytes, AFTER_ALL_IDS) : bytes;
    }
    var both = join(bytes, id.getBytes(StandardCharsets.UTF_8), 0);
    return behind ? append(both, AFTER_ID) : both;
  }

  /** Where a partition begins or has ended: no other byte of a key follows on its zero. */
  private static byte[] outside(byte[] prefix, boolean behind) {
    var edge = prefix.clone();
    edge[edge.length - 1] = (byte) (behind ? 1 : 0);
    return edge;
  }

  static byte[] concat(byte[] first, byte[] second) {
    return first.length == 0 ? second : join(first, second, 0);
  }

  /** What is left behind a key, in the direction of a query. */
  KeyRange behind(byte[] key, boolean descending) {
    return descending ? new KeyRange(from, key) : new KeyRange(append(key, 0), to);
  }

  /** What is left behind all keys that begin like this, in the direction of a query. */
  KeyRange behindPrefix(byte[] prefix, boolean descending) {
    return descending ? new KeyRange(from, prefix) : new KeyRange(append(prefix, 0xff), to);
  }

  /**
   * The key of a row.
   *
   * @param key collation key of what was emitted
   * @param id the document's, in UTF-8
   * @param ordinal which of the document's rows in this view, from 0
   */
  static byte[] row(byte[] key, byte[] id, int ordinal) {
    var digits = (Integer.SIZE - Integer.numberOfLeadingZeros(ordinal) + 7) / 8;
    var bytes = join(key, id, 1 + (ordinal == 0 ? 0 : 1 + digits));
    var at = key.length + id.length + 1;
    if (ordinal > 0) {
      bytes[at++] = (byte) digits;
      for (var shift = 8 * (digits - 1); shift >= 0; shift -= 8) {
        bytes[at++] = (byte) (ordinal >>> shift);
      }
    }
    return bytes;
  }

  private static byte[] join(byte[] first, byte[] second, int room) {
    var both = Arrays.copyOf(first, first.length + second.length + room);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] append(byte[] bytes, int last) {
    var longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[bytes.length] = (byte) last;
    return longer;
  }
}
