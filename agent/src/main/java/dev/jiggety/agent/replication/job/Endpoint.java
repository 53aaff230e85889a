package dev.jiggety.agent.replication.job;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One end of a replication. As text it is fit for a log: without credentials. */
public sealed interface Endpoint {

  /** A database of this server. */
  record Local(String name) implements Endpoint {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A database elsewhere.
   *
   * @param headers sent with each request
   */
  record Remote(HubAddress server, String database, Map<String, Secret> headers)
      implements Endpoint {
    @Override
    public String toString() {
      return server + "/" + database + "/";
    }
  }

  /** As {@code \{url, headers, auth\}}, as a URL, or as the name of a database of this server. */
  static Endpoint parse(@Nullable JsonElement element, String member)
      throws InvalidRequestException {
    return switch (element) {
      case JsonPrimitive text when text.isString() ->
          text.getAsString().contains("://")
              ? Parts.remote(text.getAsString(), new JsonObject(), member)
              : new Local(text.getAsString());
      case JsonObject object
          when object.get("url") instanceof JsonPrimitive url && url.isString() ->
          Parts.remote(url.getAsString(), object, member);
      case null, default ->
          throw InvalidRequestException.bad(
              "`" + member + "` must be a URL, the name of a database, or an object with `url`");
    };
  }

  /** How the parts of a remote endpoint are read. */
  final class Parts {
    /** RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,200}");

    private Parts() {}

    private static Remote remote(String url, JsonObject object, String member)
        throws InvalidRequestException {
      URI uri;
      try {
        uri = new URI(url.strip());
      } catch (URISyntaxException e) {
        throw InvalidRequestException.bad("`" + member + "` is not a URL");
      }
      var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw InvalidRequestException.bad("`" + member + "` must be an http or https URL");
      }
      if (uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
        throw InvalidRequestException.bad("`" + member + "` is not the URL of a database");
      }
      var path = uri.getRawPath().replaceAll("/+$", "");
      var slash = path.lastIndexOf('/');
      var database = slash < 0 ? "" : path.substring(slash + 1);
      if (!NAME.matcher(database).matches()) {
        throw InvalidRequestException.bad(
            "`" + member + "` must end with a database's name of a-z, 0-9, _ and -");
      }
      var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      var base = scheme + "://" + uri.getHost() + port + path.substring(0, slash);
      try {
        return new Remote(
            HubAddress.parse(base, credentials(uri, object, member)),
            database,
            headers(object, member));
      } catch (IllegalArgumentException e) {
        throw InvalidRequestException.bad("`" + member + "` is not the URL of a database");
      }
    }

    private static Optional<Credentials> credentials(URI uri, JsonObject object, String member)
        throws InvalidRequestException {
      if (object.get("auth") instanceof JsonObject auth) {
        if (auth.get("basic") instanceof JsonObject basic
            && basic.get("username") instanceof JsonPrimitive user
            && basic.get("password") instanceof JsonPrimitive password) {
          return Optional.of(Credentials.of(user.getAsString(), password.getAsString()));
        }
        throw InvalidRequestException.bad(
            "`" + member + ".auth` must have `basic` with `username` and `password`");
      }
      var info = uri.getRawUserInfo();
      if (info == null) {
        return Optional.empty();
      }
      var colon = info.indexOf(':');
      return Optional.of(
          colon < 0
              ? Credentials.of(decode(info), "")
              : Credentials.of(
                  decode(info.substring(0, colon)), decode(info.substring(colon + 1))));
    }

    private static String decode(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Map<String, Secret> headers(JsonObject object, String member)
        throws InvalidRequestException {
      var headers = new HashMap<String, Secret>();
      if (object.get("headers") instanceof JsonObject given) {
        for (var header : given.entrySet()) {
          if (!TOKEN.matcher(header.getKey()).matches()
              || !(header.getValue() instanceof JsonPrimitive value)
              || !VALUE.matcher(value.getAsString()).matches()) {
            throw InvalidRequestException.bad("`" + member + ".headers` has one that is none");
          }
          headers.put(header.getKey(), Secret.of(value.getAsString()));
        }
      }
      return headers;
    }
  }
}
