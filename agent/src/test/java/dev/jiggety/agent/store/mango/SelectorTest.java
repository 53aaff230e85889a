package dev.jiggety.agent.store.mango;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What selectors mean, case by case; a case is a document, a selector and whether it matches. */
class SelectorTest {

  static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  private static boolean matches(String selector, String document) {
    try {
      return Selector.parse(json(selector)).matches(json(document));
    } catch (SelectorException e) {
      throw new AssertionError(selector, e);
    }
  }

  private static String error(String selector) {
    return Assertions.catchThrowableOfType(
            SelectorException.class, () -> Selector.parse(json(selector)))
        .error();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // implicit equality, by collation: type and value, of numbers the value alone
        "{'year':2001}|{'year':2001}|true",
        "{'year':2001}|{'year':2001.0}|true",
        "{'year':2001}|{'year':'2001'}|false",
        "{'year':9007199254740993}|{'year':9007199254740992}|false",
        "{'a':null}|{'a':null}|true",
        "{'a':null}|{}|false",
        "{'a':{}}|{'a':{}}|true",
        "{'a':{}}|{'a':{'b':1}}|false",
        "{'a':[1,2]}|{'a':[1,2]}|true",
        "{'a':[1,2]}|{'a':[2,1]}|false",
        "{}|{'a':1}|true",
        // fields below fields
        "{'imdb':{'rating':8}}|{'imdb':{'rating':8,'votes':2}}|true",
        "{'imdb.rating':8}|{'imdb':{'rating':8}}|true",
        "{'imdb':{'$eq':{'rating':8}}}|{'imdb':{'rating':8,'votes':2}}|false",
        "{'a.0':1}|{'a':[1,2]}|true",
        "{'a.2':1}|{'a':[1,2]}|false",
        "{'a.-1':1}|{'a':[1,2]}|false",
        "{'a.b.c':1}|{'a':{'b':5}}|false",
        // comparisons cross types in the order null, booleans, numbers, strings, arrays, objects
        "{'n':{'$gt':4,'$lte':6}}|{'n':6}|true",
        "{'n':{'$gt':4,'$lte':6}}|{'n':4}|false",
        "{'n':{'$gt':null}}|{'n':false}|true",
        "{'n':{'$gt':100}}|{'n':'a'}|true",
        "{'n':{'$lt':100}}|{'n':'a'}|false",
        "{'n':{'$gte':[]}}|{'n':{}}|true",
        "{'n':{'$gt':'a'}}|{'n':'A'}|true",
        "{'n':{'$ne':5}}|{'n':'5'}|true",
        // a field that is missing matches no comparison, negated or not
        "{'n':{'$ne':5}}|{}|false",
        "{'n':{'$nin':[5]}}|{}|false",
        "{'n':{'$not':{'$gt':5}}}|{}|false",
        "{'n':{'$not':{'$regex':'x'}}}|{}|false",
        "{'$nor':[{'n':5}]}|{}|false",
        "{'$nor':[{'n':5},{'n':6}]}|{'n':7}|true",
        "{'$nor':[{'n':5},{'n':6}]}|{'n':6}|false",
        "{'n':{'$exists':false}}|{}|true",
        "{'n':{'$exists':true}}|{'n':null}|true",
        "{'n':{'$exists':false}}|{'n':null}|false",
        "{'n':{'$not':{'$exists':true}}}|{}|true",
        "{'n.m':{'$exists':false}}|{'n':{}}|true",
        "{'n.m':{'$exists':false}}|{'n':5}|false",
        // combinations; an empty list of them is true
        "{'$and':[{'a':1},{'b':2}]}|{'a':1,'b':2}|true",
        "{'$and':[{'a':1},{'b':2}]}|{'a':1,'b':3}|false",
        "{'$or':[{'a':1},{'b':2}]}|{'a':2,'b':2}|true",
        "{'a':1,'$or':[]}|{'a':1}|true",
        "{'a':{'$or':[{'$lt':3},{'$gt':7}]}}|{'a':8}|true",
        "{'$not':{'$or':[{'a':1},{'b':1}]}}|{'a':2,'b':2}|true",
        "{'$not':{'$or':[{'a':1},{'b':1}]}}|{'a':2}|false",
        "{'$not':{'$not':{'a':1}}}|{'a':1}|true",
        // lists of values
        "{'a':{'$in':[1,2]}}|{'a':2}|true",
        "{'a':{'$in':[1,2]}}|{'a':[5,2]}|true",
        "{'a':{'$in':[]}}|{'a':2}|false",
        "{'a':{'$in':[[5,2]]}}|{'a':[5,2]}|false",
        "{'a':{'$nin':[1,2]}}|{'a':[5,2]}|false",
        "{'a':{'$nin':[1,2]}}|{'a':[5,6]}|true",
        "{'a':{'$nin':[]}}|{'a':1}|true",
        "{'a':{'$all':['x','y']}}|{'a':['y','z','x']}|true",
        "{'a':{'$all':['x','y']}}|{'a':['x']}|false",
        "{'a':{'$all':[['x']]}}|{'a':['x']}|true",
        "{'a':{'$all':[]}}|{'a':[]}|false",
        "{'a':{'$all':['x']}}|{'a':'x'}|false",
        "{'a':{'$all':[1]}}|{'a':[1.0]}|false",
        "{'a':{'$all':[{'b':[1,null]}]}}|{'a':[{'b':[1,null]}]}|true",
        // arrays and objects
        "{'a':{'$size':2}}|{'a':[1,2]}|true",
        "{'a':{'$size':2}}|{'a':'xy'}|false",
        "{'a':{'$elemMatch':{'$gte':80,'$lt':85}}}|{'a':[70,82]}|true",
        "{'a':{'$elemMatch':{'$gte':80,'$lt':85}}}|{'a':[70,90]}|false",
        "{'a':{'$elemMatch':{'b':1,'c':2}}}|{'a':[{'b':1},{'b':1,'c':2}]}|true",
        "{'a':{'$elemMatch':{'b':1,'c':2}}}|{'a':[{'b':1},{'c':2}]}|false",
        "{'a':{'$elemMatch':{'b':1}}}|{'a':{'b':1}}|false",
        "{'a':{'$allMatch':{'$gt':1}}}|{'a':[2,3]}|true",
        "{'a':{'$allMatch':{'$gt':1}}}|{'a':[2,1]}|false",
        "{'a':{'$allMatch':{'$gt':1}}}|{'a':[]}|false",
        "{'a':{'$keyMapMatch':{'$eq':'k'}}}|{'a':{'j':1,'k':2}}|true",
        "{'a':{'$keyMapMatch':{'$eq':'k'}}}|{'a':['k']}|false",
        "{'a':{'$not':{'$elemMatch':{'$eq':1}}}}|{'a':[2]}|true",
        // below elements negations stay as written: a missing field is not equal, and $nor fails
        "{'a':{'$elemMatch':{'b':{'$not':{'$eq':1}}}}}|{'a':[{}]}|true",
        "{'a':{'$elemMatch':{'$nor':[{'b':1}]}}}|{'a':[{'b':2}]}|false",
        // types, remainders, texts
        "{'a':{'$type':'null'}}|{'a':null}|true",
        "{'a':{'$type':'number'}}|{'a':1.5}|true",
        "{'a':{'$type':'string'}}|{'a':1}|false",
        "{'a':{'$type':'boolean'}}|{'a':false}|true",
        "{'a':{'$type':'array'}}|{'a':[]}|true",
        "{'a':{'$type':'object'}}|{'a':{}}|true",
        "{'a':{'$mod':[4,1]}}|{'a':9}|true",
        "{'a':{'$mod':[4,1]}}|{'a':9.0}|false",
        "{'a':{'$mod':[4,-1]}}|{'a':-9}|true",
        "{'a':{'$mod':[10,7]}}|{'a':123456789012345678901234567}|true",
        "{'a':{'$beginsWith':'Ab'}}|{'a':'Abc'}|true",
        "{'a':{'$beginsWith':'ab'}}|{'a':'Abc'}|false",
        "{'a':{'$beginsWith':'1'}}|{'a':12}|false",
        "{'a':{'$regex':'^x+y'}}|{'a':'xxyz'}|true",
        "{'a':{'$regex':'b'}}|{'a':'abc'}|true",
        "{'a':{'$regex':'5'}}|{'a':5}|false",
        "{'a':{'$regex':'(?i)ABC'}}|{'a':'xabcx'}|true",
        // ids are compared by bytes, not by language
        "{'_id':{'$gt':'a'}}|{'_id':'B'}|false",
        "{'_id':{'$gt':null}}|{'_id':'B'}|true",
        "{'_id':{'$lt':[]}}|{'_id':'B'}|false",
        "{'_id':{'$in':['A','B']}}|{'_id':'B'}|true",
      })
  void matchesAsCouchDbDoes(String selector, String document, boolean expected) {
    assertThat(matches(selector, document)).as("%s on %s", selector, document).isEqualTo(expected);
  }

  @Test
  void aDotInANameIsEscaped() {
    var selector = "{'a\\\\.b':1}";

    assertThat(matches(selector, "{'a.b':1}")).isTrue();
    assertThat(matches(selector, "{'a':{'b':1}}")).isFalse();
    assertThat(matches("{'\\\\$a':1}", "{'$a':1}")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':{'$foo':1}}|invalid_operator",
        "{'$foo':1}|invalid_operator",
        "{'a':{'$beginsWith':5}}|invalid_operator",
        "{'$and':{'a':1}}|bad_arg",
        "{'$or':1}|bad_arg",
        "{'$nor':'x'}|bad_arg",
        "{'$not':5}|bad_arg",
        "{'a':{'$in':1}}|bad_arg",
        "{'a':{'$nin':{}}}|bad_arg",
        "{'a':{'$all':null}}|bad_arg",
        "{'a':{'$exists':1}}|bad_arg",
        "{'a':{'$type':5}}|bad_arg",
        "{'a':{'$mod':[2]}}|bad_arg",
        "{'a':{'$mod':[2,1.5]}}|bad_arg",
        "{'a':{'$mod':[0,1]}}|bad_arg",
        "{'a':{'$size':-1}}|bad_arg",
        "{'a':{'$size':1.0}}|bad_arg",
        "{'a':{'$regex':'['}}|bad_arg",
        "{'a':{'$regex':3}}|bad_arg",
        "{'a':{'$elemMatch':1}}|bad_arg",
        "{'a':{'$allMatch':[]}}|bad_arg",
        "{'a':{'$keyMapMatch':'x'}}|bad_arg",
        "{'$gt':5}|invalid_selector",
        "{'$not':{}}|invalid_selector",
        "{'':5}|invalid_selector",
        "{'a..b':5}|invalid_field_name",
        "{'$text':'x'}|not_supported",
        "{'a':{'$where':'x'}}|not_supported",
      })
  void refusesWhatIsNone(String selector, String expected) {
    assertThat(error(selector)).isEqualTo(expected);
  }

  @Test
  void theReasonNamesOperatorAndArgument() {
    Assertions.assertThatExceptionOfType(SelectorException.class)
        .isThrownBy(() -> Selector.parse(json("{'a':{'$in':'x'}}")))
        .withMessage("Bad argument for operator $in: \"x\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|{}",
        "{'a':1}|{'a':{'$eq':1}}",
        "{'a':1,'b':{'c':2}}|{'$and':[{'a':{'$eq':1}},{'b.c':{'$eq':2}}]}",
        "{'a':{'$gt':1,'$lt':5}}|{'$and':[{'a':{'$gt':1}},{'a':{'$lt':5}}]}",
        "{'$not':{'a':{'$gt':1},'b':2}}|{'$or':[{'a':{'$lte':1}},{'b':{'$ne':2}}]}",
        "{'$nor':[{'a':{'$in':[1]}}]}|{'$and':[{'a':{'$nin':[1]}}]}",
        "{'a':{'$not':{'$regex':'x'}}}|{'a':{'$not':{'$regex':'x'}}}",
        "{'a':{'$elemMatch':{'b':1}}}|{'a':{'$elemMatch':{'b':{'$eq':1}}}}",
      })
  void hasANormalForm(String selector, String normal) throws Exception {
    assertThat(Selector.parse(json(selector)).toJson()).isEqualTo(json(normal));
  }
}
