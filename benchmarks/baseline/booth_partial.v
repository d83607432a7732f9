// One digit's multiple of a, as the complement where it is negative; the 1 that is missing then is added with the sum.
module booth_partial (
    input  wire [7:0] a,
    input  wire [2:0] digit,
    output wire [8:0] partial,
    output wire       negative
);
    wire once = digit[1] ^ digit[0];
    wire twice = (digit == 3'b100) || (digit == 3'b011);

    assign negative = digit[2];
    assign partial = (({9{once}} & {a[7], a}) | ({9{twice}} & {a, 1'b0})) ^ {9{negative}};
endmodule
