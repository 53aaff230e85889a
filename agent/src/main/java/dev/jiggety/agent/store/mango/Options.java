package dev.jiggety.agent.store.mango;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a request, each read once, with CouchDB's errors (mango_opts). For one thread. */
final class Options {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final JsonObject json;
  private final Set<String> known = new HashSet<>();

  Options(JsonObject json) {
    this.json = json;
  }

  /** The member; null where it is missing. */
  @Nullable JsonElement get(String name) {
    known.add(name);
    return json.get(name);
  }

  JsonElement required(String name) throws SelectorException {
    var value = get(name);
    if (value == null) {
      throw new SelectorException("missing_required_key", "Missing required key: " + name);
    }
    return value;
  }

  boolean flag(String name, boolean otherwise) throws SelectorException {
    var value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof JsonPrimitive flag && flag.isBoolean()) {
      return flag.getAsBoolean();
    }
    throw new SelectorException("invalid_boolean", "Invalid boolean value: " + value);
  }

  /** A string; null where it is missing. */
  @Nullable String text(String name) throws SelectorException {
    var value = get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw new SelectorException("invalid_string", "Invalid string: " + value);
  }

  /** An integer ≥ 0; one that is larger than a long is the largest long. */
  long count(String name, long otherwise) throws SelectorException {
    var value = get(name);
    if (value == null) {
      return otherwise;
    }
    if (!Terms.isInteger(value) || value.getAsBigInteger().signum() < 0) {
      throw new SelectorException(
          "invalid_non_neg_integer", value + " is not an integer greater than or equal to zero");
    }
    return value.getAsBigInteger().min(MOST).longValue();
  }

  /** An integer > 0. */
  long positive(String name, long otherwise) throws SelectorException {
    var value = get(name);
    if (value != null && !(Terms.isInteger(value) && value.getAsBigInteger().signum() > 0)) {
      throw new SelectorException(
          "invalid_pos_integer", value + " is not an integer greater than zero");
    }
    return count(name, otherwise);
  }

  /** Refuses members that nobody has read. */
  void finish() throws SelectorException {
    for (var name : json.keySet()) {
      if (!known.contains(name)) {
        throw new SelectorException("invalid_key", "Invalid key " + name + " for this request.");
      }
    }
  }

  static Selector selector(JsonElement json) throws SelectorException {
    if (json instanceof JsonObject selector) {
      return Selector.parse(selector);
    }
    throw new SelectorException(
        "invalid_selector_json", "Selector must be a JSON object, not: " + json);
  }
}
