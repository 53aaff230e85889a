package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.view.overview.Wish.Order;
import dev.jiggety.desktop.widget.VerdictLook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which tiles are shown in which order, and what there is to choose from. Pure.
 *
 * @param counts how many of all look how; none is missing
 */
record Arrangement(
    List<Tile> shown, Map<VerdictLook, Integer> counts, Set<String> tags, Set<String> groups) {

  static Arrangement of(
      Collection<Tile> tiles, Wish wish, Map<String, ? extends Set<String>> tagsOfNodes) {
    Map<VerdictLook, Integer> counts = OverviewViewModel.none();
    Set<String> tags = new HashSet<>();
    List<Tile> shown = new ArrayList<>(tiles.size());
    String[] words = wish.words();
    String node = wish.node();
    Set<String> nodeTags = node == null ? null : tagsOfNodes.get(node);
    for (Tile tile : tiles) {
      tags.addAll(tile.picture().test().tags());
      if (tile.matches(words)
          && fits(tile, wish)
          && (node == null || tile.isOn(node, nodeTags == null ? Set.of() : nodeTags))) {
        counts.merge(tile.look(), 1, Integer::sum);
        if (wish.state() == null || tile.look() == wish.state()) {
          shown.add(tile);
        }
      }
    }
    shown.sort(comparator(wish.order()));
    Set<String> groups = new TreeSet<>();
    for (String tag : tags) {
      String group = Wish.groupOf(tag);
      if (group != null) {
        groups.add(group);
      }
    }
    return new Arrangement(List.copyOf(shown), Map.copyOf(counts), new TreeSet<>(tags), groups);
  }

  private static boolean fits(Tile tile, Wish wish) {
    Set<String> tags = tile.picture().test().tags();
    return (wish.tag() == null || tags.contains(wish.tag()))
        && (wish.group() == null
            || tags.stream().anyMatch(tag -> wish.group().equals(Wish.groupOf(tag))));
  }

  /** Every order ends with name and id, so that equal ones do not swap places. */
  private static Comparator<Tile> comparator(Order order) {
    Comparator<Tile> byName = Comparator.comparing(Tile::order).thenComparing(Tile::id);
    return switch (order) {
      case WORST -> Comparator.comparingInt(Tile::severity).thenComparing(byName);
      case NAME -> byName;
      case SLOWEST ->
          Comparator.<Tile>comparingLong(tile -> -nanos(tile.picture().p95()))
              .thenComparing(byName);
      case SLOWER ->
          Comparator.<Tile>comparingDouble(tile -> -share(tile.slower())).thenComparing(byName);
    };
  }

  private static long nanos(@Nullable Duration time) {
    return time == null ? -1 : time.toNanos();
  }

  private static double share(@Nullable Double slower) {
    return slower == null ? -2 : slower;
  }
}
