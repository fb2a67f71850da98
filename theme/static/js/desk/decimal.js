// Exact numbers: Decimal of Python, as far as sums, comparisons and texts of amounts need it. Beside it whole numbers.
{
  const NUMBER = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;
  const WITHOUT_VALUE = /^[+-]?(?:inf(?:inity)?|s?nan\d*)$/i; // Python takes these words for numbers
  const PRECISION = 28;
  const LARGEST_EXPONENT = 100_000; // beyond it nobody means an amount, and the digits would fill the memory

  // Python reads the digits of every script, and underscores between them.
  const plainDigits = (text) => {
    if (/^[\0-\x5e\x60-\x7f]*$/.test(text)) {
      return text;
    }
    const ascii = text.replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt();
      let first = code;
      while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) {
        first -= 1; // the digits of a script stand together, from zero to nine
      }
      return String((code - first) % 10);
    });
    return ascii.replace(/(?<=\d)_(?=\d)/g, "");
  };

  class Decimal {
    // The value is `digits` times ten to the power of `exponent`; `digits` is a BigInt.
    constructor(digits, exponent) {
      this.digits = digits;
      this.exponent = exponent;
    }

    get isFinite() {
      return true;
    }

    // Place of the first digit: 2 for 476.3. Sizes are compared by it before digits are written out.
    get adjusted() {
      return String(this.digits < 0n ? -this.digits : this.digits).length - 1 + this.exponent;
    }

    get sign() {
      return this.digits < 0n ? -1 : Number(this.digits > 0n);
    }

    compare(other) {
      if (this.sign !== other.sign || this.sign === 0) {
        return Math.sign(this.sign - other.sign);
      }
      if (this.adjusted !== other.adjusted) {
        return this.adjusted > other.adjusted ? this.sign : -this.sign;
      }
      const [one, two] = aligned(this, other);
      return one < two ? -1 : Number(one > two);
    }

    plus(other) {
      const [one, two, exponent] = aligned(this, other);
      return rounded(one + two, exponent);
    }

    times(other) {
      return rounded(this.digits * other.digits, this.exponent + other.exponent);
    }

    // str() of Python: an exponent for very large and very small values only.
    toString() {
      if (this.exponent <= 0 && this.adjusted >= -6) {
        return this.toFixed();
      }
      const digits = String(this.digits < 0n ? -this.digits : this.digits);
      const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
      const sign = this.adjusted < 0 ? "-" : "+";
      return `${this.digits < 0n ? "-" : ""}${digits[0]}${fraction}E${sign}${Math.abs(this.adjusted)}`;
    }

    // format(…, "f") of Python: every digit, never an exponent.
    toFixed() {
      if (this.exponent >= 0) {
        return String(this.digits * 10n ** BigInt(this.exponent));
      }
      const digits = String(this.digits < 0n ? -this.digits : this.digits).padStart(1 - this.exponent, "0");
      return `${this.digits < 0n ? "-" : ""}${digits.slice(0, this.exponent)}.${digits.slice(this.exponent)}`;
    }
  }

  // As Python computes: 28 digits are kept, half of the next one goes to the even neighbour.
  const rounded = (digits, exponent) => {
    const size = digits < 0n ? -digits : digits;
    const spare = String(size).length - PRECISION;
    if (spare <= 0) {
      return new Decimal(digits, exponent);
    }
    const unit = 10n ** BigInt(spare);
    const [kept, rest] = [size / unit, size % unit];
    const isUp = rest * 2n > unit || (rest * 2n === unit && kept % 2n === 1n);
    const whole = kept + BigInt(isUp);
    return new Decimal(digits < 0n ? -whole : whole, exponent + spare);
  };

  const aligned = (one, two) => {
    const exponent = Math.min(one.exponent, two.exponent);
    const shifted = (number) => number.digits * 10n ** BigInt(number.exponent - exponent);
    return [shifted(one), shifted(two), exponent];
  };

  // What Python reads as a number although it is none: it has a name and no size.
  class Nameless {
    constructor(name) {
      this.name = name;
      this.isFinite = false;
    }

    toString() {
      return this.name;
    }
  }

  const nameless = (text) => {
    const sign = text.startsWith("-") ? "-" : "";
    const word = text.replace(/^[+-]/, "").toLowerCase();
    if (word.startsWith("inf")) {
      return new Nameless(`${sign}Infinity`);
    }
    const digits = word.replace(/^s?nan0*/, "");
    return new Nameless(`${sign}${word.startsWith("s") ? "sNaN" : "NaN"}${digits}`);
  };

  desk.Decimal = Decimal;

  // Decimal(text) of Python, or null.
  desk.decimal = (text) => {
    const bare = plainDigits(desk.strip(text));
    const found = NUMBER.exec(bare);
    if (!found) {
      return WITHOUT_VALUE.test(bare) ? nameless(bare) : null;
    }
    const [, sign, whole = "", fraction = "", alone = "", power = "0"] = found;
    const places = fraction || alone;
    const exponent = Number(power) - places.length;
    if (Math.abs(exponent) > LARGEST_EXPONENT) {
      return new Nameless(`${sign === "-" ? "-" : ""}Infinity`);
    }
    const digits = BigInt(`${whole}${places}`);
    return new Decimal(sign === "-" ? -digits : digits, exponent);
  };

  // int(text) of Python as a number, or as a BigInt when it is too large for one; null when it is none.
  desk.integer = (text) => {
    const bare = plainDigits(desk.strip(text));
    if (!/^[+-]?\d+$/.test(bare)) {
      return null;
    }
    const number = Number(bare);
    return Number.isSafeInteger(number) ? number : BigInt(bare.replace(/^\+/, ""));
  };

  // cells.number_text(): all digits that matter, with neither an exponent nor zeros at the end.
  desk.numberText = (value) => {
    const text = value instanceof Decimal ? value.toFixed() : String(value);
    const bare = text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text;
    return bare === "-0" ? "0" : bare;
  };
}
