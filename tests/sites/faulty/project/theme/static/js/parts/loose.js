const shadow = unknown;
parts.isSame = (one) => one == shadow;
const unused = 1;
parts.twice = (shadow) => shadow * 2;
