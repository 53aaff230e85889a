package dev.jiggety.agent.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What the sample shop says when it is well: home page, product, search, basket, log-in, check-out,
 * a stock interface and a link that moved. It knows its customers by a cookie.
 */
final class ShopPages {
  /** What customers prove themselves with. */
  static final String PASSWORD = "water";

  /** As many customers as monitors may make; the one who was away longest is forgotten. */
  private static final int MOST_CUSTOMERS = 1000;

  private static final String COOKIE = "customer";

  private static final String HOME =
      """
      <h1>The Jig Shop</h1><p>Welcome! <a href="/product">Today: a fat pig</a></p>
      <form name="search" action="/search"><input name="q"><button name="find">Search</button></form>
      <p><a href="/login">Log in</a> <a href="/basket">Basket</a></p>
      """;

  private static final String LOGIN =
      """
      <h1>Log in</h1>
      <form name="login" action="/login" method="post"><label>Name <input name="user"></label>
      <label>Pail <input name="pail" type="password"></label> <button>Log in</button></form>
      """;

  private final Map<String, Customer> customers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Customer> eldest) {
          return size() > MOST_CUSTOMERS;
        }
      };

  /** Somebody who shops: the name once logged in, and what is in the basket. */
  private static final class Customer {
    private String name = "";
    private String basket = "";
  }

  /**
   * What is asked for.
   *
   * @param query after the question mark, still encoded; empty for none
   * @param body of a form, encoded in the same way
   * @param cookies as the header has them; empty for none
   */
  record Question(String method, String path, String query, String body, String cookies) {
    boolean isPost() {
      return method.equals("POST");
    }
  }

  /** An answer; {@code location} and {@code cookie} are empty where there is none. */
  record Page(int status, String body, String location, String cookie) {
    static Page of(int status, String body) {
      return new Page(status, body, "", "");
    }

    static Page to(String location) {
      return new Page(302, "", location, "");
    }
  }

  /** The answer to a question. */
  synchronized Page answer(Question question) {
    return switch (question.path()) {
      case "/" -> Page.of(200, HOME);
      case "/product" -> Page.of(200, "<h1>A fat pig</h1><p>In stock. Price: 12.50</p>");
      case "/search" -> search(question);
      case "/login" -> login(question);
      case "/basket" -> basket(question);
      case "/checkout" -> checkout(question);
      case "/api/stock" -> Page.of(200, "{\"product\":\"pig\",\"stock\":17}");
      case "/old-home" -> Page.to("/");
      default -> Page.of(404, "<h1>No such page</h1>");
    };
  }

  private static Page search(Question question) {
    String wanted = fields(question.query()).getOrDefault("q", "");
    return Page.of(
        200,
        """
        <h1>Search</h1><p>3 results for %s</p><ul><li><a href="/product">A fat pig</a></li></ul>
        <form name="fat-pig" action="/basket" method="post"><input type="hidden" name="item" value="a fat pig">
        <select name="count"><option>1</option><option>2</option></select> <button>Into the basket</button></form>
        """
            .formatted(escaped(wanted)));
  }

  private Page login(Question question) {
    if (!question.isPost()) {
      return Page.of(200, LOGIN);
    }
    Map<String, String> given = fields(question.body());
    String user = given.getOrDefault("user", "").strip();
    if (user.isEmpty() || !PASSWORD.equals(given.get("pail"))) {
      return Page.of(403, "<h1>Wrong pail</h1>" + LOGIN);
    }
    String id = UUID.randomUUID().toString();
    Customer customer = customer(id);
    customer.name = user.substring(0, 1).toUpperCase(Locale.ROOT) + user.substring(1);
    return new Page(
        200,
        "<h1>Hello, "
            + escaped(customer.name)
            + "</h1><p>You are logged in. <a href='/'>Home</a></p>",
        "",
        COOKIE + "=" + id + "; Path=/; HttpOnly");
  }

  private Page basket(Question question) {
    String known = cookie(question.cookies());
    String id = known.isEmpty() ? UUID.randomUUID().toString() : known;
    Customer customer = customer(id);
    if (question.isPost()) {
      Map<String, String> given = fields(question.body());
      customer.basket = given.getOrDefault("count", "1") + " × " + given.getOrDefault("item", "?");
      return new Page(302, "", "/basket", COOKIE + "=" + id + "; Path=/; HttpOnly");
    }
    return Page.of(
        200,
        "<h1>Basket</h1><p>"
            + (customer.basket.isEmpty() ? "nothing yet" : escaped(customer.basket))
            + "</p><p><a href='/checkout'>Check out</a></p>");
  }

  /** To look is free; to pay one must be known. */
  private Page checkout(Question question) {
    Customer customer = customer(cookie(question.cookies()));
    if (!question.isPost()) {
      String what = customer.basket.isEmpty() ? "1 fat pig" : customer.basket;
      return Page.of(
          200,
          """
          <h1>Checkout</h1><p>%s, to market.</p>
          <form name="pay" action="/checkout" method="post"><label><input type="checkbox" name="gift" value="yes">
          as a present</label> <button>Pay now</button></form>
          """
              .formatted(escaped(what)));
    }
    if (customer.name.isEmpty() || customer.basket.isEmpty()) {
      return Page.of(403, "<h1>Log in and fill the basket first</h1>");
    }
    String bought = customer.basket;
    customer.basket = "";
    return Page.of(
        200,
        "<h1>Thank you, "
            + escaped(customer.name)
            + "</h1><p>On its way: "
            + escaped(bought)
            + "</p>");
  }

  /** Whoever has no cookie is nobody: a customer that is forgotten at once. */
  private Customer customer(String id) {
    return id.isEmpty() ? new Customer() : customers.computeIfAbsent(id, _ -> new Customer());
  }

  private static String cookie(String cookies) {
    for (String cookie : cookies.split(";", -1)) {
      if (cookie.strip().startsWith(COOKIE + "=")) {
        return cookie.strip().substring(COOKIE.length() + 1);
      }
    }
    return "";
  }

  private static Map<String, String> fields(String encoded) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : encoded.split("&", -1)) {
      int cut = pair.indexOf('=');
      if (cut > 0) {
        fields.put(decoded(pair.substring(0, cut)), decoded(pair.substring(cut + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
