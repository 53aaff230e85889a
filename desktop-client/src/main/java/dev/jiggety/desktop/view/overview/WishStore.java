package dev.jiggety.desktop.view.overview;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.session.Remembered;
import dev.jiggety.desktop.view.overview.Wish.Order;
import dev.jiggety.desktop.widget.VerdictLook;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Remembers between starts what was looked for and how it was shown. */
final class WishStore {
  private static final String SCREEN = "overview";

  private final Remembered remembered;
  private final Tasks tasks;

  WishStore(Remembered remembered, Tasks tasks) {
    this.remembered = remembered;
    this.tasks = tasks;
  }

  Wish read() {
    JsonObject json = remembered.get(SCREEN);
    return new Wish(
        Objects.requireNonNullElse(text(json, "text"), ""),
        text(json, "tag"),
        text(json, "group"),
        text(json, "node"),
        constant(VerdictLook.values(), text(json, "state"), null),
        order(text(json, "order")),
        json.get("rows") instanceof JsonPrimitive rows && rows.getAsBoolean());
  }

  void write(Wish wish) {
    JsonObject json = new JsonObject();
    if (!wish.text().isBlank()) {
      json.addProperty("text", wish.text());
    }
    put(json, "tag", wish.tag());
    put(json, "group", wish.group());
    put(json, "node", wish.node());
    put(json, "state", label(wish.state()));
    put(json, "order", label(wish.order()));
    json.addProperty("rows", wish.rows());
    tasks
        .create(() -> {
          remembered.put(SCREEN, json);
          return true;
        })
        .start();
  }

  private static void put(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.addProperty(name, value);
    }
  }

  private static @Nullable String label(@Nullable Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }

  private static Order order(@Nullable String name) {
    Order found = constant(Order.values(), name, Order.WORST);
    return found == null ? Order.WORST : found;
  }

  private static <E extends Enum<E>> @Nullable E constant(
      E[] all, @Nullable String name, @Nullable E otherwise) {
    return Arrays.stream(all)
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElse(otherwise);
  }

  private static @Nullable String text(JsonObject json, String name) {
    return json.get(name) instanceof JsonPrimitive value && value.isString()
        ? value.getAsString()
        : null;
  }
}
