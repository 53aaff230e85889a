package dev.jiggety.agent.store.mango;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.mango.Condition.Field;

/**
 * A selector, as CouchDB 3.5 understands it. Immutable, thread-safe.
 *
 * <p>Values are compared by CouchDB's collation, but {@code _id} by bytes. A field that a document
 * does not have matches nothing but {@code "$exists": false}: not {@code $ne}, not {@code $nin}, no
 * {@code $not}.
 */
public final class Selector {

  private final Condition condition;

  private Selector(Condition condition) {
    this.condition = condition;
  }

  /**
   * Reads a selector.
   *
   * @throws SelectorException where it is none, with CouchDB's error name and reason
   */
  public static Selector parse(JsonObject selector) throws SelectorException {
    if (selector.isEmpty()) {
      return new Selector(new Condition.Everything());
    }
    var condition = Negations.resolve(SelectorParser.parse(selector));
    if (condition instanceof Field field && field.isItself()) {
      throw new SelectorException(
          "invalid_selector", "One or more conditions is missing a field name.");
    }
    return new Selector(condition);
  }

  /**
   * Whether the document is selected.
   *
   * @param document with {@code _id} and {@code _rev}
   */
  public boolean matches(JsonObject document) {
    return Matching.matches(condition, document);
  }

  /** CouchDB's normal form: every operator explicit, negations at the comparisons. */
  public JsonObject toJson() {
    return condition.toJson().getAsJsonObject();
  }

  /** What the planner looks at. */
  Condition condition() {
    return condition;
  }

  @Override
  public String toString() {
    return condition.toJson().toString();
  }
}
