package dev.jiggety.agent.store.view;

import java.util.List;

/**
 * One index: the views of a design document, filled in one walk over the documents.
 *
 * @param designId {@code _design/…}
 * @param signature hexadecimal; the same for definitions that have the same rows and reductions
 * @param views in the order that the mapper counts them in
 * @param includeDesign whether design documents have rows too
 */
public record IndexDefinition(
    String designId, String signature, List<View> views, boolean includeDesign, Mapper mapper) {

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
}
