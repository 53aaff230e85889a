package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Logging in and out with a cookie (CouchDB "/_session"). */
final class SessionRoutes {
  private static final long MOST_BYTES = 64_000;

  private final Authenticator authenticator;

  SessionRoutes(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  void show(Exchange exchange) {
    var user = exchange.user();
    var info = new JsonObject();
    info.add("authentication_handlers", JsonText.strings(List.of("cookie", "default")));
    if (user.handler() != null) {
      info.addProperty("authenticated", user.handler());
    }
    var json = JsonText.ok();
    json.add("userCtx", user.toJson());
    json.add("info", info);
    exchange.json(200, json);
  }

  void login(Exchange exchange) {
    var form = form(exchange);
    Authenticator.Login login;
    try {
      login = authenticator.login(form.name, form.password, exchange.peer());
    } catch (CouchError e) {
      if (e.status() != 401 || !exchange.query().has("fail")) {
        throw e;
      }
      exchange.setCookie(SessionCookies.clear());
      exchange.json(redirect(exchange, "fail"), e.toJson());
      return;
    }
    var json = JsonText.ok();
    login.user().toJson().entrySet().forEach(e -> json.add(e.getKey(), e.getValue()));
    exchange.setCookie(login.cookie()).json(redirect(exchange, "next"), json);
  }

  void logout(Exchange exchange) {
    exchange.setCookie(SessionCookies.clear()).json(redirect(exchange, "next"), JsonText.ok());
  }

  /** Sends the client to where a parameter says, a path on this server; the status to answer. */
  private static int redirect(Exchange exchange, String parameter) {
    var path = exchange.query().text(parameter);
    if (path.isEmpty()) {
      return 200;
    }
    if (!path.get().startsWith("/") || path.get().chars().anyMatch(Character::isISOControl)) {
      throw CouchError.badRequest("path must begin with a /.");
    }
    exchange.setHeader("Location", exchange.location() + path.get());
    return 302;
  }

  private record Form(String name, String password) {}

  private static Form form(Exchange exchange) {
    var type = exchange.header("Content-Type").orElse("");
    if (type.startsWith(Exchange.JSON)) {
      var json = exchange.body().object();
      var name = json.has("name") ? "name" : "username";
      return new Form(text(json, name), text(json, "password"));
    }
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      throw CouchError.badContentType(
          "Content-Type must be one of application/json, application/x-www-form-urlencoded");
    }
    try (var body = exchange.body().stream(MOST_BYTES)) {
      var form = Query.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      var name = form.text("name").or(() -> form.text("username"));
      return new Form(name.orElse(""), form.text("password").orElse(""));
    } catch (IOException e) {
      throw CouchError.badRequest("the body ended too early");
    }
  }

  private static String text(JsonObject json, String name) {
    if (json.get(name) instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw CouchError.badRequest("request body must contain a " + name);
  }
}
