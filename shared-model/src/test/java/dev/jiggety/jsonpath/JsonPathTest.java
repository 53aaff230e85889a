package dev.jiggety.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paths of RFC 9535's own tables, and what its grammar refuses. */
class JsonPathTest {
  private static final JsonPath.Limits NONE =
      new JsonPath.Limits() {
        @Override
        public void step() {}

        @Override
        public boolean matches(String expression, String text, boolean whole) {
          Pattern pattern = Pattern.compile(expression);
          return whole ? pattern.matcher(text).matches() : pattern.matcher(text).find();
        }
      };

  private static final String STORE =
      """
      {"store": {"book": [
        {"category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95},
        {"category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99},
        {"category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99},
        {"category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8", "price": 22.99}],
        "bicycle": {"color": "red", "price": 399}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $.store.book[*].author | ["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]
          $..author | ["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]
          $.store..price | [8.95,12.99,8.99,22.99,399]
          $..book[2].title | ["Moby Dick"]
          $..book[2].publisher | []
          $..book[-1].title | ["The Lord of the Rings"]
          $..book[0,1].price | [8.95,12.99]
          $..book[:2].price | [8.95,12.99]
          $..book[?@.isbn].price | [8.99,22.99]
          $..book[?@.price<10].title | ["Sayings of the Century","Moby Dick"]
          $.store.book[?@.price > $.store.book[0].price && !@.isbn].price | [12.99]
          $..book[?length(@.title) <= 9].title | ["Moby Dick"]
          $..book[?match(@.author, 'N.*')].price | [8.95]
          $..book[?search(@.author, 'Tolk')].price | [22.99]
          $[?count(@.book[*]) == 4].bicycle.color | ["red"]
          $.store.book[?value(@..isbn) == '0-553-21311-3'].price | [8.99]
          """)
  void findsInTheStoreOfTheRfc(String path, String found) {
    assertThat(find(path, STORE)).isEqualTo(JsonParser.parseString(found));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $ | {"k":1} | [{"k":1}]
          $['j j'] | {"j j": {"k.k": 3}} | [{"k.k": 3}]
          $.o['j j']["k.k"] | {"o": {"j j": {"k.k": 3}}} | [3]
          $["'"]["@"] | {"'": {"@": 2}} | [2]
          $['\\u0061\\n'] | {"a\\n": 2} | [2]
          $.☺ | {"☺": 1} | [1]
          $[1:3] | ["a","b","c","d","e","f","g"] | ["b","c"]
          $[5:] | ["a","b","c","d","e","f","g"] | ["f","g"]
          $[1:5:2] | ["a","b","c","d","e","f","g"] | ["b","d"]
          $[5:1:-2] | ["a","b","c","d","e","f","g"] | ["f","d"]
          $[::-1] | ["a","b","c"] | ["c","b","a"]
          $[ 0 , -1 ] | ["a","b","c"] | ["a","c"]
          $[0:2:0] | ["a","b","c"] | []
          $[?@ == 1.0] | [1, 1.00, "1", true] | [1, 1.00]
          $[?@ != 1] | [1, "1", null] | ["1", null]
          $[?@.a == @.b] | [{}, {"a": 1}, {"a": [1,{"x":2}], "b": [1.0,{"x":2}]}] | [{}, {"a": [1,{"x":2}], "b": [1.0,{"x":2}]}]
          $[?@ == null] | [null, 0, false] | [null]
          $[?@ < 'b'] | ["a", "b", 1] | ["a"]
          `$[?@ >= 2 || @ == 'x']` | [1, 2, 3, "x"] | [2, 3, "x"]
          $[?!(@ >= 2)] | [1, 2, "x"] | [1, "x"]
          $[?@ == -0] | [0, 1] | [0]
          $[?@ == 1e2] | [100, 10] | [100]
          $[?length(@) == 2] | ["ab", [1,2], {"a":1,"b":2}, 2] | ["ab", [1,2], {"a":1,"b":2}]
          $..* | [[1],[2]] | [[1],[2],1,2]
          """)
  void followsTheRules(String path, String document, String found) {
    assertThat(find(path, document)).isEqualTo(JsonParser.parseString(found));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          store | it must begin with $ at character 1
          $. | expected a name at character 3
          $.store book | " " does not belong here at character 8
          $[] | expected a whole number at character 3
          $[01] | expected a whole number
          $['a | it ends too early
          $['\\x'] | \\x means nothing
          $[?@.a = 1] | expected ]
          $[?1] | a value alone is no condition
          $[?@.* == 1] | use count() or value()
          $[?match(@.a, 'b') == true] | they cannot be compared
          $[?length(@.a)] | a value alone is no condition
          $[?count(1) > 1] | count() and value() want a path
          $[?nope(@)] | one of length, count, value, match, search
          $.a[?(@.b == 1] | expected )
          """)
  void saysWhatIsWrongAndWhere(String path, String message) {
    assertThatThrownBy(() -> JsonPath.parse(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("is not a JSONPath (RFC 9535)");
  }

  @Test
  void deepNestingIsRefusedNotOverflown() {
    assertThatThrownBy(() -> JsonPath.parse("$[?" + "(".repeat(900) + "@" + ")".repeat(900) + "]"))
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> JsonPath.parse("$" + ".a".repeat(2_000)))
        .hasMessageContaining("longer than 2000");
  }

  private static JsonElement find(String path, String document) {
    List<JsonElement> found = JsonPath.parse(path).find(JsonParser.parseString(document), NONE);
    JsonArray array = new JsonArray();
    found.forEach(array::add);
    return array;
  }
}
