package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Strategy;
import java.util.ArrayList;
import java.util.List;

/** {@code strategy:<name>} documents: an installation's own; see docs/documents/strategy.md. */
public final class StrategyDocument implements DocumentType<Strategy> {
  /** The one instance; it has no state. */
  public static final StrategyDocument TYPE = new StrategyDocument();

  private StrategyDocument() {}

  @Override
  public String type() {
    return "strategy";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Strategy strategy) {
    return Ids.strategy(strategy.name());
  }

  @Override
  public JsonObject write(Strategy strategy) {
    JsonObject json = Documents.envelope(id(strategy), type(), schema());
    StrategyFields.write(strategy)
        .entrySet()
        .forEach(field -> json.add(field.getKey(), field.getValue()));
    return json;
  }

  /** The name is that of the id, whatever the field says. */
  @Override
  public Strategy read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String name = Documents.open(fields, this, "strategy:");
    Strategy strategy = StrategyFields.read(fields).named(name);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return strategy;
  }
}
