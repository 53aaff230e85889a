package dev.jiggety.jsonpath;

import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.jiggety.jsonpath.Operand.Function;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a path by the grammar of RFC 9535. For one text. */
final class PathParser {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
  private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">");
  private static final int DEEPEST = 64;

  private final PathText text;
  private final String whole;
  private int depth;

  PathParser(String path) {
    this.whole = path;
    this.text = new PathText(path);
  }

  Query path() {
    if (whole.length() > JsonPath.LONGEST) {
      throw new IllegalArgumentException(
          "is longer than " + JsonPath.LONGEST + " characters; make it shorter");
    }
    if (!text.take("$")) {
      throw text.wrong("it must begin with $");
    }
    List<Query.Segment> segments = segments();
    if (!text.isAtEnd()) {
      throw text.wrong("\"" + text.peek() + "\" does not belong here");
    }
    return new Query(true, segments);
  }

  private List<Query.Segment> segments() {
    List<Query.Segment> segments = new ArrayList<>();
    while (true) {
      int before = text.position();
      text.skipBlanks();
      if (text.take("..")) {
        segments.add(new Query.Segment(true, text.startsWith("[") ? brackets() : shorthand()));
      } else if (text.take(".")) {
        segments.add(new Query.Segment(false, shorthand()));
      } else if (text.startsWith("[")) {
        segments.add(new Query.Segment(false, brackets()));
      } else {
        text.back(before);
        return segments;
      }
    }
  }

  private List<Selector> shorthand() {
    if (text.take("*")) {
      return List.of(new Selector.Wildcard());
    }
    String name = text.name();
    if (name.isEmpty()) {
      throw text.wrong("expected a name");
    }
    return List.of(new Selector.Name(name));
  }

  private List<Selector> brackets() {
    text.expect("[");
    List<Selector> selectors = new ArrayList<>();
    do {
      text.skipBlanks();
      selectors.add(selector());
      text.skipBlanks();
    } while (text.take(","));
    text.expect("]");
    return selectors;
  }

  private Selector selector() {
    char c = text.peek();
    if (c == '\'' || c == '"') {
      return new Selector.Name(text.quoted());
    }
    if (text.take("*")) {
      return new Selector.Wildcard();
    }
    if (text.take("?")) {
      text.skipBlanks();
      return new Selector.Filter(or());
    }
    return indexOrSlice();
  }

  private Selector indexOrSlice() {
    Long start = text.peek() == ':' ? null : (Long) text.wholeNumber();
    int before = text.position();
    text.skipBlanks();
    if (!text.take(":")) {
      if (start == null) {
        throw text.wrong("expected a selector");
      }
      text.back(before);
      return new Selector.Index(start);
    }
    text.skipBlanks();
    Long end = isNumber() ? (Long) text.wholeNumber() : null;
    text.skipBlanks();
    long step = 1;
    if (text.take(":")) {
      text.skipBlanks();
      step = isNumber() ? text.wholeNumber() : 1;
    }
    return new Selector.Slice(start, end, step);
  }

  private boolean isNumber() {
    return text.peek() == '-' || Character.isDigit(text.peek());
  }

  private Condition or() {
    if (++depth > DEEPEST) {
      throw text.wrong("it is nested too deeply");
    }
    List<Condition> any = new ArrayList<>();
    do {
      text.skipBlanks();
      any.add(and());
      text.skipBlanks();
    } while (text.take("||"));
    depth--;
    return any.size() == 1 ? any.getFirst() : new Condition.Or(any);
  }

  private Condition and() {
    List<Condition> all = new ArrayList<>();
    do {
      text.skipBlanks();
      all.add(basic());
      text.skipBlanks();
    } while (text.take("&&"));
    return all.size() == 1 ? all.getFirst() : new Condition.And(all);
  }

  private Condition basic() {
    if (text.startsWith("!") && !text.startsWith("!=")) {
      text.take("!");
      text.skipBlanks();
      return new Condition.Not(text.startsWith("(") ? parenthesis() : test(operand()));
    }
    if (text.startsWith("(")) {
      return parenthesis();
    }
    Operand left = operand();
    text.skipBlanks();
    for (String operator : OPERATORS) {
      if (text.take(operator)) {
        text.skipBlanks();
        return new Condition.Compare(comparable(left), operator, comparable(operand()));
      }
    }
    return test(left);
  }

  private Condition parenthesis() {
    text.expect("(");
    Condition inner = or();
    text.expect(")");
    return inner;
  }

  private Condition test(Operand operand) {
    return switch (operand) {
      case Query query -> new Condition.Exists(query);
      case Operand.Call call when call.function().logical -> new Condition.Holds(call);
      default -> throw text.wrong("a value alone is no condition; compare it");
    };
  }

  private Operand comparable(Operand operand) {
    if (operand instanceof Query query && !query.isSingular()) {
      throw text.wrong("what finds many nodes cannot be compared; use count() or value()");
    }
    if (operand instanceof Operand.Call call && call.function().logical) {
      throw text.wrong("match() and search() are conditions, they cannot be compared");
    }
    return operand;
  }

  private Operand operand() {
    char c = text.peek();
    if (c == '\'' || c == '"') {
      return new Operand.Literal(new JsonPrimitive(text.quoted()));
    }
    if (text.take("$")) {
      return new Query(true, segments());
    }
    if (text.take("@")) {
      return new Query(false, segments());
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return number();
    }
    String name = text.name();
    return switch (name) {
      case "true" -> new Operand.Literal(new JsonPrimitive(true));
      case "false" -> new Operand.Literal(new JsonPrimitive(false));
      case "null" -> new Operand.Literal(JsonNull.INSTANCE);
      default -> call(name);
    };
  }

  private Operand number() {
    Matcher number = NUMBER.matcher(whole);
    if (!number.find(text.position()) || number.start() != text.position()) {
      throw text.wrong("expected a number");
    }
    text.back(number.end());
    if (number.group().length() > 40) {
      throw text.wrong("a number is too long");
    }
    return new Operand.Literal(new JsonPrimitive(new BigDecimal(number.group())));
  }

  private Operand call(String name) {
    Function function = null;
    for (Function one : Function.values()) {
      if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
        function = one;
      }
    }
    if (function == null || !text.take("(")) {
      throw text.wrong("expected a value, a path, or one of length, count, value, match, search");
    }
    List<Operand> arguments = new ArrayList<>();
    text.skipBlanks();
    do {
      text.skipBlanks();
      arguments.add(argument(function));
      text.skipBlanks();
    } while (text.take(","));
    text.expect(")");
    if (arguments.size() != function.arguments) {
      throw text.wrong(name + "() wants " + function.arguments + " argument(s)");
    }
    return new Operand.Call(function, arguments);
  }

  private Operand argument(Function function) {
    if (++depth > DEEPEST) {
      throw text.wrong("it is nested too deeply");
    }
    Operand argument = operand();
    depth--;
    if (!function.takesNodes) {
      return comparable(argument);
    }
    if (argument instanceof Query) {
      return argument;
    }
    throw text.wrong("count() and value() want a path");
  }
}
