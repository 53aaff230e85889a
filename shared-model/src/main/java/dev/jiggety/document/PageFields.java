package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.model.Check;
import dev.jiggety.model.Engine;
import java.time.Duration;

/** The settings of a test of kind {@code page}. */
final class PageFields {
  private static final Check.Page DEFAULT = Check.Page.of("");

  private PageFields() {}

  static Check.Page read(Fields settings, boolean strictly) {
    Duration settle = settings.duration("settle", DEFAULT.settle());
    Check.Page page =
        new Check.Page(
            settings.text("url"),
            settings.oneOf("engine", DEFAULT.engine(), Engine.values(), Engine::label),
            settings.smallNumber("width", DEFAULT.width()),
            settings.smallNumber("height", DEFAULT.height()),
            settle == null ? DEFAULT.settle() : settle,
            ConnectionFields.read(settings, strictly));
    if (strictly) {
      settings.refuseUnknown();
    }
    return page;
  }

  static JsonObject write(Check.Page page) {
    JsonObject json = new JsonObject();
    json.addProperty("url", page.url());
    if (page.engine() != DEFAULT.engine()) {
      json.addProperty("engine", page.engine().label());
    }
    if (page.width() != DEFAULT.width()) {
      json.addProperty("width", page.width());
    }
    if (page.height() != DEFAULT.height()) {
      json.addProperty("height", page.height());
    }
    if (!page.settle().equals(DEFAULT.settle())) {
      json.addProperty("settle", Durations.format(page.settle()));
    }
    ConnectionFields.write(json, page.connection());
    return json;
  }
}
