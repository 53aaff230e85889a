package dev.jiggety.agent.store.mango;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.mango.Condition.BeginsWith;
import dev.jiggety.agent.store.mango.Condition.Compare;
import dev.jiggety.agent.store.mango.Condition.Operator;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The values of a field that a selector can match.
 *
 * @param low null = from the beginning
 * @param high null = to the end
 * @param empty no value at all
 */
record Range(
    @Nullable JsonElement low,
    boolean lowInclusive,
    @Nullable JsonElement high,
    boolean highInclusive,
    boolean empty) {

  static final Range ALL = new Range(null, true, null, true, false);
  private static final Range EMPTY = new Range(null, true, null, true, true);

  /** Behind every text that begins with what is before it. */
  private static final String BEHIND = "\uffff";

  /** Whether a condition says anything of the place of a value in an index. */
  static boolean narrows(Condition condition) {
    return switch (condition) {
      case Compare(var operator, var value) -> operator != Operator.NE;
      case BeginsWith(var prefix) -> isPlain(prefix);
      default -> false;
    };
  }

  /** In other scripts a letter may change the place of the letter before it. */
  private static boolean isPlain(String prefix) {
    return prefix.chars().allMatch(c -> c < 0x300);
  }

  /** The part of it that meets the condition. */
  Range and(Condition condition, Comparator<JsonElement> order) {
    return switch (condition) {
      case Compare(Operator operator, JsonElement value) -> and(operator, value, order);
      case BeginsWith(String prefix) when isPlain(prefix) ->
          and(Operator.GTE, new JsonPrimitive(prefix), order)
              .and(Operator.LTE, new JsonPrimitive(prefix + BEHIND), order);
      default -> this;
    };
  }

  private Range and(Operator operator, JsonElement value, Comparator<JsonElement> order) {
    return switch (operator) {
      case LT -> below(value, false, order);
      case LTE -> below(value, true, order);
      case GT -> above(value, false, order);
      case GTE -> above(value, true, order);
      case EQ -> above(value, true, order).below(value, true, order);
      case NE -> this;
    };
  }

  private Range above(JsonElement value, boolean inclusive, Comparator<JsonElement> order) {
    var order0 = low == null ? 1 : order.compare(value, low);
    return order0 < 0 || (order0 == 0 && (inclusive || !lowInclusive))
        ? this
        : new Range(value, inclusive, high, highInclusive, empty).checked(order);
  }

  private Range below(JsonElement value, boolean inclusive, Comparator<JsonElement> order) {
    var order0 = high == null ? -1 : order.compare(value, high);
    return order0 > 0 || (order0 == 0 && (inclusive || !highInclusive))
        ? this
        : new Range(low, lowInclusive, value, inclusive, empty).checked(order);
  }

  private Range checked(Comparator<JsonElement> order) {
    if (low == null || high == null) {
      return this;
    }
    var bounds = order.compare(low, high);
    return empty || bounds > 0 || (bounds == 0 && !(lowInclusive && highInclusive)) ? EMPTY : this;
  }

  /** Whether it is one value. */
  boolean isPoint(Comparator<JsonElement> order) {
    return !empty && low != null && high != null && order.compare(low, high) == 0;
  }
}
