package dev.jiggety.agent.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.rules.report.Day;
import dev.jiggety.model.rules.report.PublicPicture;
import dev.jiggety.model.rules.report.PublicPicture.Announcement;
import dev.jiggety.model.rules.report.PublicPicture.Group;
import dev.jiggety.model.rules.report.PublicPicture.Service;
import dev.jiggety.model.rules.report.PublicPicture.Trouble;
import dev.jiggety.model.rules.report.TimeShare;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The status page as JSON: what the pages show and nothing more. */
final class StatusJson {
  private static final Gson GSON = new Gson();

  private StatusJson() {}

  static SiteFile file(PublicPicture picture, String title, Optional<String> stale) {
    JsonObject json = new JsonObject();
    json.addProperty("title", title);
    json.addProperty("asOf", picture.asOf().toString());
    if (picture.measured() != null) {
      json.addProperty("measured", picture.measured().toString());
    }
    json.addProperty("stale", stale.isPresent());
    picture.state().ifPresent(state -> json.addProperty("state", state.label()));
    json.add("groups", array(picture.groups(), StatusJson::group));
    json.add("incidents", array(picture.incidents(), StatusJson::trouble));
    json.add("maintenance", array(picture.maintenance(), StatusJson::announcement));
    return new SiteFile(
        "status.json", SiteFile.JSON, (GSON.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject group(Group group) {
    JsonObject json = new JsonObject();
    json.addProperty("name", group.name());
    json.addProperty("state", group.state().label());
    json.add("services", array(group.services(), StatusJson::service));
    return json;
  }

  private static JsonObject service(Service service) {
    JsonObject json = new JsonObject();
    json.addProperty("name", service.name());
    json.addProperty("slug", service.slug());
    json.addProperty("state", service.state().label());
    if (service.since() != null) {
      json.addProperty("since", service.since().toString());
    }
    if (service.address() != null) {
      json.addProperty("address", service.address());
    }
    percent(json, service.availability());
    json.add("days", array(service.days(), StatusJson::day));
    return json;
  }

  private static JsonObject day(Day day) {
    JsonObject json = new JsonObject();
    json.addProperty("day", day.day().toString());
    json.addProperty("level", day.level().label());
    TimeShare time = day.time();
    percent(json, time.availability());
    if (!time.down().isZero()) {
      json.addProperty("downSeconds", time.down().toSeconds());
    }
    return json;
  }

  private static JsonObject trouble(Trouble trouble) {
    JsonObject json = new JsonObject();
    json.addProperty("key", trouble.key());
    json.addProperty("service", trouble.service());
    json.addProperty("state", trouble.state().label());
    json.addProperty("began", trouble.began().toString());
    if (trouble.ended() != null) {
      json.addProperty("ended", trouble.ended().toString());
    }
    return json;
  }

  private static JsonObject announcement(Announcement announced) {
    JsonObject json = new JsonObject();
    json.addProperty("title", announced.title());
    json.addProperty("from", announced.span().from().toString());
    json.addProperty("to", announced.span().to().toString());
    JsonArray services = new JsonArray();
    announced.services().forEach(services::add);
    json.add("services", services);
    return json;
  }

  /** Cut after four decimals, so that 100 is said of nothing less. */
  private static void percent(JsonObject json, OptionalDouble availability) {
    if (availability.isPresent()) {
      json.addProperty(
          "availabilityPercent",
          BigDecimal.valueOf(availability.getAsDouble())
              .movePointRight(2)
              .setScale(4, RoundingMode.DOWN));
    }
  }

  private static <T> JsonArray array(List<T> values, Function<T, JsonObject> write) {
    JsonArray array = new JsonArray();
    values.stream().map(write).forEach(array::add);
    return array;
  }
}
