// Product of two signed bytes, radix-4 Booth: the multiplicand a times the digits -2 to 2 of b. A written-out recoding, because Yosys makes a
// larger array of "*".
module booth_multiplier (
    input  wire [7:0]  a,
    input  wire [7:0]  b,
    output wire [15:0] product
);
    wire [8:0] digits = {b, 1'b0};
    wire [8:0] partial_0, partial_1, partial_2, partial_3;
    wire [3:0] negative;

    booth_partial digit_0 (.a(a), .digit(digits[2:0]), .partial(partial_0), .negative(negative[0]));
    booth_partial digit_1 (.a(a), .digit(digits[4:2]), .partial(partial_1), .negative(negative[1]));
    booth_partial digit_2 (.a(a), .digit(digits[6:4]), .partial(partial_2), .negative(negative[2]));
    booth_partial digit_3 (.a(a), .digit(digits[8:6]), .partial(partial_3), .negative(negative[3]));

    // A sign bit is worth -2^8: its complement is worth 2^8 more, which the constant -(1 + 4 + 16 + 64) * 2^8 takes back.
    assign product = {7'd0, ~partial_0[8], partial_0[7:0]}
        + {5'd0, ~partial_1[8], partial_1[7:0], 2'd0}
        + {3'd0, ~partial_2[8], partial_2[7:0], 4'd0}
        + {1'b0, ~partial_3[8], partial_3[7:0], 6'd0}
        + {9'd0, negative[3], 1'b0, negative[2], 1'b0, negative[1], 1'b0, negative[0]}
        + 16'hab00;
endmodule
