package dev.jiggety.agent.store.view;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One index: the views of a design document, filled in one walk over the documents.
 *
 * @param designId {@code _design/…}
 * @param signature hexadecimal; the same for definitions that have the same rows and reductions
 * @param views in the order that the mapper counts them in
 * @param includeDesign whether design documents have rows too
 * @param partitioned whether rows are kept by the partitions of their documents, and found in one
 *     of these alone
 */
public record IndexDefinition(
    String designId,
    String signature,
    List<View> views,
    boolean includeDesign,
    boolean partitioned,
    Mapper mapper) {

  /** The layout of an index's file; goes up when rows or their order are to be made anew. */
  public static final int FORMAT = 1;

  /**
   * One view.
   *
   * @param reduce how its rows are summed up; {@link Reduce#NONE} where they are not
   */
  public record View(String name, Reduce reduce) {}

  public IndexDefinition {
    views = List.copyOf(views);
  }

  /** An index for the whole database. */
  public IndexDefinition(
      String designId, String signature, List<View> views, boolean includeDesign, Mapper mapper) {
    this(designId, signature, views, includeDesign, false, mapper);
  }

  /** What the keys of a document's rows begin with. */
  byte[] prefix(String documentId) {
    if (!partitioned) {
      return new byte[0];
    }
    var colon = documentId.indexOf(':');
    return prefixOf(colon < 0 ? "" : documentId.substring(0, colon));
  }

  /** What the keys of a partition's rows begin with: its name, and a zero, which no name has. */
  static byte[] prefixOf(String partition) {
    var name = partition.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(name, name.length + 1);
  }
}
