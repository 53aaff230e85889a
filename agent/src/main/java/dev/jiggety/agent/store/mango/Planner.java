package dev.jiggety.agent.store.mango;

import dev.jiggety.agent.store.mango.Condition.And;
import dev.jiggety.agent.store.mango.Condition.Or;
import dev.jiggety.agent.store.mango.Plan.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Chooses the index for a query, as CouchDB does (mango_cursor, mango_idx, mango_cursor_view).
 * Pure: knows the selector and the indexes, nothing of what is in them.
 */
final class Planner {
  private final FindRequest request;
  private final Condition condition;
  private final List<MangoIndex> indexes;
  private final Map<String, Range> ranges;

  private Planner(FindRequest request, List<MangoIndex> indexes) {
    this.request = request;
    this.condition = request.selector().condition();
    var partitioned = request.partition() != null;
    this.indexes =
        indexes.stream()
            .filter(index -> index.isSpecial() || index.partitioned() == partitioned)
            .toList();
    this.ranges = FieldUse.ranges(condition);
  }

  /**
   * Plans a query.
   *
   * @param indexes all that there are, {@link MangoIndex#ALL_DOCS} among them
   * @throws SelectorException where no index gives the order that is asked for, or the one that is
   *     asked for cannot be used and no other may
   */
  static Plan plan(FindRequest request, List<MangoIndex> indexes) throws SelectorException {
    var plan = explain(request, indexes);
    if (plan.index() == null) {
      throw new SelectorException(
          "no_usable_index", "No index exists for this sort, try indexing by the sort fields.");
    }
    return plan;
  }

  /** The same, but without an index where none can be used. */
  static Plan explain(FindRequest request, List<MangoIndex> indexes) throws SelectorException {
    return new Planner(request, indexes).plan();
  }

  private Plan plan() throws SelectorException {
    var usable = new ArrayList<MangoIndex>();
    for (var index : indexes) {
      if (isConsidered(index) && unusableBecause(index) == null) {
        usable.add(index);
      }
    }
    var named = usable.stream().filter(this::isNamed).toList();
    if (named.isEmpty()) {
      checkFallback(usable);
    }
    var filtered = named.isEmpty() ? usable : named;
    var json = filtered.stream().filter(index -> !index.isSpecial()).toList();
    var preferred = (json.isEmpty() ? filtered : json).stream().sorted(preference()).toList();
    var chosen = preferred.isEmpty() ? null : preferred.getFirst();
    return new Plan(
        chosen,
        chosen == null ? List.of() : prefix(chosen),
        nothing(),
        request.sort().stream().anyMatch(SortField::descending),
        candidates(usable, filtered, preferred));
  }

  /** Partial indexes hold too little, but who names one knows that. */
  private boolean isConsidered(MangoIndex index) {
    return index.partial().isEmpty() || isNamed(index);
  }

  private boolean isNamed(MangoIndex index) {
    var names = request.useIndex();
    if (names.isEmpty()) {
      return false;
    }
    var design = names.getFirst();
    var id = design.startsWith("_design/") ? design : "_design/" + design;
    return id.equals(index.designId()) && (names.size() == 1 || names.get(1).equals(index.name()));
  }

  /** CouchDB's word for why it cannot be used; null where it can. */
  private @org.jspecify.annotations.Nullable String unusableBecause(MangoIndex index) {
    var sort = request.sort().stream().map(SortField::name).toList();
    var columns = index.columns();
    if (index.isSpecial()) {
      var fits = sort.isEmpty() || ranges.containsKey("_id");
      return !fits ? "field_mismatch" : isPrefix(sort, columns) ? null : "sort_order_mismatch";
    }
    var required = new HashSet<>(columns);
    sort.forEach(required::remove);
    required.remove("_id");
    required.remove("_rev");
    if (!required.isEmpty() && !FieldUse.notRequired(condition, required).isEmpty()) {
      return "field_mismatch";
    }
    return canSort(columns, sort) ? null : "sort_order_mismatch";
  }

  private static boolean isPrefix(List<String> sort, List<String> columns) {
    return sort.size() <= columns.size() && columns.subList(0, sort.size()).equals(sort);
  }

  /** Columns in front whose value is the same in every match do not disturb the order. */
  private boolean canSort(List<String> columns, List<String> sort) {
    for (var i = 0; i < columns.size() && !sort.isEmpty(); i++) {
      if (columns.get(i).equals(sort.getFirst())) {
        return isPrefix(sort, columns.subList(i, columns.size()));
      }
      if (!FieldUse.isConstant(condition, columns.get(i))) {
        return false;
      }
    }
    return sort.isEmpty();
  }

  private void checkFallback(List<MangoIndex> usable) throws SelectorException {
    var names = request.useIndex();
    if (request.allowFallback() || (names.isEmpty() && usable.size() > 1)) {
      return;
    }
    throw new SelectorException(
        "invalid_index",
        names.isEmpty()
            ? "You must specify an index with the `use_index` parameter."
            : Warnings.name(names)
                + " specified by `use_index` could not be found or it is not suitable.");
  }

  /** The ranges of the first columns. */
  private List<Range> prefix(MangoIndex index) {
    var prefix = new ArrayList<Range>();
    for (var column : index.columns()) {
      var range = ranges.get(column);
      if (range == null) {
        break;
      }
      prefix.add(range);
    }
    return prefix;
  }

  private int distance(MangoIndex index) {
    return ranges.size() - prefix(index).size();
  }

  /** The fewest ranges left over, then the fewest columns, then the name. */
  private Comparator<MangoIndex> preference() {
    return Comparator.comparingInt(this::distance)
        .thenComparingInt(index -> index.fields().size())
        .thenComparing(index -> String.valueOf(index.designId()))
        .thenComparing(MangoIndex::name);
  }

  /** An empty range matches nothing; nor does an empty list, where it is the whole selector. */
  private boolean nothing() {
    return ranges.values().stream().anyMatch(Range::empty)
        || switch (condition) {
          case And(var all) -> all.isEmpty();
          case Or(var any) -> any.isEmpty();
          default -> false;
        };
  }

  private List<Candidate> candidates(
      List<MangoIndex> usable, List<MangoIndex> filtered, List<MangoIndex> preferred) {
    var unfavored = Math.max(1, preferred.size());
    var excluded = unfavored + (filtered.size() > preferred.size() ? 1 : 0);
    var unusable = excluded + (usable.size() > filtered.size() ? 1 : 0);
    var considered = (int) indexes.stream().filter(this::isConsidered).count();
    var partial = unusable + (considered > usable.size() ? 1 : 0);
    var candidates = new ArrayList<Candidate>();
    for (var index : indexes) {
      var reason = isConsidered(index) ? unusableBecause(index) : "is_partial";
      if (reason != null) {
        var ranking = isConsidered(index) ? unusable : partial;
        candidates.add(new Candidate(index, false, reason, ranking));
      } else if (!filtered.contains(index)) {
        candidates.add(new Candidate(index, true, "excluded_by_user", excluded));
      } else if (!preferred.contains(index)) {
        candidates.add(new Candidate(index, true, "unfavored_type", unfavored));
      } else if (preferred.indexOf(index) > 0) {
        var why = beatenBecause(index, preferred.getFirst());
        candidates.add(new Candidate(index, true, why, preferred.indexOf(index)));
      }
    }
    return candidates;
  }

  private String beatenBecause(MangoIndex index, MangoIndex chosen) {
    if (distance(index) > 0) {
      return "less_overlap";
    }
    return index.fields().size() > chosen.fields().size()
        ? "too_many_fields"
        : "alphabetically_comes_after";
  }
}
