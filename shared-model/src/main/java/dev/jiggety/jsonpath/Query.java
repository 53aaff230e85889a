package dev.jiggety.jsonpath;

import java.util.List;

/**
 * Segments one after another.
 *
 * @param absolute from the document ({@code $}), else from the current node ({@code @})
 */
record Query(boolean absolute, List<Segment> segments) implements Operand {
  Query {
    segments = List.copyOf(segments);
  }

  /** Whether it points at one node at most. */
  boolean isSingular() {
    return segments.stream()
        .allMatch(segment ->
            !segment.descendant()
                && segment.selectors().size() == 1
                && (segment.selectors().getFirst() instanceof Selector.Name
                    || segment.selectors().getFirst() instanceof Selector.Index));
  }

  /** Children, or all descendants, by selectors. */
  record Segment(boolean descendant, List<Selector> selectors) {
    Segment {
      selectors = List.copyOf(selectors);
    }
  }
}
