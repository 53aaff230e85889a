package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.List;

/** A selector taken apart. Immutable; {@link #toJson} is CouchDB's normal form of it. */
sealed interface Condition {

  /** As JSON, every operator explicit. */
  JsonElement toJson();

  /** The empty selector. */
  record Everything() implements Condition {
    @Override
    public JsonObject toJson() {
      return new JsonObject();
    }
  }

  /** All of them; true where there is none. */
  record And(List<Condition> all) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$and", array(all));
    }
  }

  /** One of them; true where there is none, as in CouchDB. */
  record Or(List<Condition> any) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$or", array(any));
    }
  }

  /** None of them; only where negations are not resolved, which is below {@link Elements}. */
  record Nor(List<Condition> none) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$nor", array(none));
    }
  }

  /** Not this. */
  record Not(Condition condition) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$not", condition.toJson());
    }
  }

  /**
   * A condition on a field.
   *
   * @param name as written; empty = the value itself
   */
  record Field(String name, FieldPath path, Condition condition) implements Condition {

    /** The name in a condition without field. */
    static final String ITSELF = "";

    boolean isItself() {
      return name.equals(ITSELF);
    }

    @Override
    public JsonObject toJson() {
      return object(name, condition.toJson());
    }
  }

  /** A comparison with a value. */
  record Compare(Operator operator, JsonElement value) implements Condition {
    @Override
    public JsonObject toJson() {
      return object(operator.text(), value);
    }
  }

  /** The operators that compare. */
  enum Operator {
    LT("$lt"),
    LTE("$lte"),
    EQ("$eq"),
    NE("$ne"),
    GTE("$gte"),
    GT("$gt");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    Operator negated() {
      return switch (this) {
        case LT -> GTE;
        case LTE -> GT;
        case EQ -> NE;
        case NE -> EQ;
        case GTE -> LT;
        case GT -> LTE;
      };
    }

    /** Whether it holds for what a comparison came to. */
    boolean holds(int comparison) {
      return switch (this) {
        case LT -> comparison < 0;
        case LTE -> comparison <= 0;
        case EQ -> comparison == 0;
        case NE -> comparison != 0;
        case GTE -> comparison >= 0;
        case GT -> comparison > 0;
      };
    }
  }

  /** One of these values; of an array, one of its elements. */
  record In(JsonArray values, boolean negated) implements Condition {
    @Override
    public JsonObject toJson() {
      return object(negated ? "$nin" : "$in", values);
    }
  }

  /** Whether the field exists. */
  record Exists(boolean wanted) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$exists", new JsonPrimitive(wanted));
    }
  }

  /** The type of the value. */
  record Type(String type) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$type", new JsonPrimitive(type));
    }
  }

  /** The remainder of an integer. */
  record Mod(BigInteger divisor, BigInteger remainder) implements Condition {
    @Override
    public JsonObject toJson() {
      var both = new JsonArray();
      both.add(divisor);
      both.add(remainder);
      return object("$mod", both);
    }
  }

  /** A text with this pattern somewhere in it. */
  record Regex(BoundedRegex regex) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$regex", new JsonPrimitive(regex.text()));
    }
  }

  /** A text that begins so. */
  record BeginsWith(String prefix) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$beginsWith", new JsonPrimitive(prefix));
    }
  }

  /**
   * An array of this length.
   *
   * @param size an integer ≥ 0
   */
  record Size(BigInteger size) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$size", new JsonPrimitive(size));
    }
  }

  /** An array with all these elements. */
  record All(JsonArray values) implements Condition {
    @Override
    public JsonObject toJson() {
      return object("$all", values);
    }
  }

  /** A condition on the elements of an array or the names of an object. */
  record Elements(Which which, Condition condition) implements Condition {
    @Override
    public JsonObject toJson() {
      return object(which.text(), condition.toJson());
    }
  }

  /** Which elements must match. */
  enum Which {
    ANY("$elemMatch"),
    ALL("$allMatch"),
    ANY_NAME("$keyMapMatch");

    private final String text;

    Which(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private static JsonObject object(String name, JsonElement value) {
    var object = new JsonObject();
    object.add(name, value);
    return object;
  }

  private static JsonArray array(List<Condition> conditions) {
    var array = new JsonArray(conditions.size());
    conditions.forEach(condition -> array.add(condition.toJson()));
    return array;
  }
}
